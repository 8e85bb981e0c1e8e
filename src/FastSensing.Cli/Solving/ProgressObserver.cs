using System.Diagnostics;
using FastSensing.Cli.Output;
using FastSensing.Solvers;

namespace FastSensing.Cli.Solving;

/// <summary>Says now and then how far a run is: as a line, or on a terminal in place.</summary>
internal sealed class ProgressObserver<T>(TimeSpan interval, Action<string> say) : IIterationObserver<T>
    where T : unmanaged
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>An iterate of a method.</summary>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        if (IsDue())
        {
            Say("running", info.Left.Columns, info.Progress);
        }

        return ObserverVerdict.Continue;
    }

    /// <summary>An iterate of MatrixSensing.Solve.</summary>
    public void Observe(SolveProgress progress)
    {
        if (IsDue())
        {
            string stage = progress.Stage switch
            {
                SolveStage.Searching => "searching",
                SolveStage.ChoosingRank => "choosing the rank",
                SolveStage.Fitting => "fitting all measurements",
                _ => "polishing",
            };
            Say(stage, progress.Width, progress.Progress);
        }
    }

    private bool IsDue()
    {
        bool due = Stopwatch.GetElapsedTime(_last) >= interval;
        _last = due ? Stopwatch.GetTimestamp() : _last;
        return due;
    }

    private void Say(string stage, int width, in IterationProgress progress) =>
        say($"{stage}: iteration {Figures.Count(progress.Iteration)}, width {width}, relative residual {Figures.Error(progress.RelativeResidual)}");
}
