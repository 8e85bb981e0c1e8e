using BenchmarkDotNet.Running;
using FastSensing.Benchmarks.Figures;
using FastSensing.Benchmarks.Suites;
using FastSensing.Cli.Benchmarking.Surroundings;
using FastSensing.Kernels.Simd;
using MathNet.Numerics;

// One thread for each side; MathNet would take all cores.
Control.UseSingleThread();

// The figures of benchmarks/results are ratios of rivals timed in turn; everything else is BenchmarkDotNet.
switch (args)
{
    case ["figures"]:
        FigureFiles.WriteAll();
        return 0;
    case ["goals", .. string[] words]:
        return GoalFiles.Write(words);
    case ["tiles"]:
        TileFigure.Write();
        return 0;
    case ["steps"]:
        StepFigure.Write();
        return 0;
    case ["step-costs"]:
        StepCostFigure.Write();
        return 0;
    case ["methods"]:
        MethodsFigure.Write();
        return 0;
    case ["charts"]:
        ChartFigure.Write();
        return 0;
    case ["agreement"]:
        AgreementFigure.Write();
        return 0;
    case ["results"]:
        GoalFiles.Write([]);
        TileFigure.Write();
        StepFigure.Write();
        StepCostFigure.Write();
        MethodsFigure.Write();
        ChartFigure.Write();
        AgreementFigure.Write();
        FigureFiles.WriteAll();
        return 0;
    case ["limits"]:
        LimitsFigure.Write(Console.Out);
        return 0;
    case ["gemm-share"]:
        GemmShareFigure.Write(Console.Out);
        return 0;
    case ["versus-mathnet"]:
        MathNetFigure.Write(Console.Out);
        return 0;
    case ["fused-gradient"]:
        FusedGradientFigure.Write(BenchEnvironment.SuitableCore(Isa.Name) ?? "Haswell", Console.Out);
        return 0;
    case ["fused-gradient", string core]:
        FusedGradientFigure.Write(core, Console.Out);
        return 0;
    default:
        string[] filter = args.Length == 0 ? ["--filter", "*"] : args.Length == 1 && args[0][0] != '-' ? ["--filter", $"*{args[0]}*"] : args;
        BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks<>).Assembly).Run(filter, Configuration.Create());
        return 0;
}
