using FastSensing.IO;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;
using FastSensing.Testing.Files;
using FastSensing.Tests.Solvers;

namespace FastSensing.Tests.IO;

/// <summary>Checkpoints that are damaged, of another kind or of another precision, and when they are written.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private static readonly SensingProblem<double> Problem = SolverSetUps.Easy<double>(MatrixStructure.General).Problem;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("run.npz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfAnyDamage_IsRefusedOrWithoutEffect()
    {
        using FactorizedGradientDescent<double> method = Create();
        double[] factors = method.Factors();
        CheckpointFile.Write(Path, method);
        byte[] whole = File.ReadAllBytes(Path);
        int refused = 0;
        for (int position = 0; position < whole.Length; position += 7)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 0x41;
            File.WriteAllBytes(Path, damaged);
            Solver.Run(method, new StopAfterIterations(12));
            try
            {
                CheckpointFile.Read(Path, method);
                SolverSetUps.AssertSameBits(factors, method.Factors());
            }
            catch (InvalidDataException refusal)
            {
                Assert.StartsWith(Path, refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > whole.Length / 14, $"{refused} of {whole.Length / 7} damages were noticed");
    }

    [Fact]
    public void Read_OfATruncatedFile_IsRefused()
    {
        using FactorizedGradientDescent<double> method = Create();
        CheckpointFile.Write(Path, method);
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, method));
        }
    }

    [Fact]
    public void Read_OfAnotherPrecision_NamesBoth()
    {
        using FactorizedGradientDescent<double> method = Create();
        CheckpointFile.Write(Path, method);
        using FactorizedGradientDescent<float> single = new(SolverSetUps.Easy<float>(MatrixStructure.General).Problem, new MethodOptions { Width = 2 });
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, single));
        Assert.Contains("float64", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("float32", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherKindOfFile_IsRefused()
    {
        using (NpzWriter writer = new(Path))
        {
            writer.Add<double>("A", [1], 1);
            writer.Commit();
        }

        using FactorizedGradientDescent<double> method = Create();
        Assert.Contains(
            "no checkpoint", Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(Path, method)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAStateWithNaN_IsRefused()
    {
        using FactorizedGradientDescent<double> method = Create();
        MethodState<double> state = MethodState<double>.Of(method);
        state.Arrays["factors"][3] = double.NaN;
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => state.Restore(method)).Message, StringComparison.Ordinal);
        state.Arrays["factors"][3] = 0;
        state.Numbers["iteration"] = 0.5;
        Assert.Contains("integer", Assert.Throws<ArgumentException>(() => state.Restore(method)).Message, StringComparison.Ordinal);
        state.Numbers["iteration"] = 1L << 40;
        Assert.Contains("32-bit", Assert.Throws<ArgumentException>(() => state.Restore(method)).Message, StringComparison.Ordinal);
        state.Numbers["iteration"] = 5;
        state.Numbers.Add("more", 1);
        Assert.Contains("parts", Assert.Throws<ArgumentException>(() => state.Restore(method)).Message, StringComparison.Ordinal);
        state.Numbers.Remove("more");
        state.Restore(method);
        Assert.Equal(5, method.Current.Progress.Iteration);
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(3600, null)]
    public void Observer_WritesTheLastIterateThatWasDue(int seconds, int? expected)
    {
        using FactorizedGradientDescent<double> method = Create();
        CheckpointObserver<double> observer = new(Path, method, TimeSpan.FromSeconds(seconds));
        Solver.Run(method, new StopAfterIterations(20), new RunOptions<double> { Observer = observer });
        Assert.Equal(expected is not null, File.Exists(Path));
        if (expected is int iteration)
        {
            using FactorizedGradientDescent<double> other = Create();
            CheckpointFile.Read(Path, other);
            Assert.Equal(iteration, other.Current.Progress.Iteration);
            SolverSetUps.AssertSameBits(method.Factors(), other.Factors());
        }
    }

    private static FactorizedGradientDescent<double> Create()
    {
        FactorizedGradientDescent<double> method = new(Problem, new MethodOptions { Width = 2 });
        Solver.Run(method, new StopAfterIterations(10));
        return method;
    }
}
