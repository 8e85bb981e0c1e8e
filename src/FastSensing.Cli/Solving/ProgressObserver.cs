using System.Diagnostics;
using FastSensing.Cli.Output;
using FastSensing.Solvers;

namespace FastSensing.Cli.Solving;

/// <summary>Says now and then how far a run is: as a line, or on a terminal in place.</summary>
internal sealed class ProgressObserver<T>(TimeSpan interval, Action<string> say) : IIterationObserver<T>
    where T : unmanaged
{
    private long _last = Stopwatch.GetTimestamp();

    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        if (Stopwatch.GetElapsedTime(_last) >= interval)
        {
            _last = Stopwatch.GetTimestamp();
            say($"iteration {Figures.Count(info.Progress.Iteration)}, width {info.Left.Columns}, relative residual {Figures.Error(info.Progress.RelativeResidual)}");
        }

        return ObserverVerdict.Continue;
    }
}
