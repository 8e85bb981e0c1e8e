using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FastSensing.Benchmarks.Suites;

/// <summary>How every suite is run: in this process, with allocated bytes and a rate beside each time.</summary>
internal static class Configuration
{
    /// <summary>The job of every suite.</summary>
    public static Job InProcess => Job.Default.WithToolchain(InProcessEmitToolchain.Instance);

    /// <summary>The configuration.</summary>
    public static IConfig Create() =>
        DefaultConfig.Instance
            .AddJob(InProcess)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumn(new RateColumn())
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(50))
            .WithArtifactsPath("BenchmarkDotNet.Artifacts");
}
