using BenchmarkDotNet.Running;
using FastSensing.Benchmarks.Figures;

switch (args)
{
    case ["limits"]:
        LimitsFigure.Write(Console.Out);
        return;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return;
}
