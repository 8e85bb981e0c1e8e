using System.Numerics;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>Shows the user the iterates of the last two stages as one run, numbered through.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class FinalObserver<T>(SolveOptions<T> options) : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SolveStage _stage;
    private int _offset;
    private double _secondsBefore;
    private IterationProgress _last = new() { Iteration = -1 };

    /// <summary>What follows is a new run of the given stage.</summary>
    public void Begin(SolveStage stage)
    {
        _stage = stage;
        _offset = _last.Iteration + 1;
        _secondsBefore = _last.Seconds;
    }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        options.Progress?.Invoke(new SolveProgress(_stage, info.Left.Columns, info.Progress, double.NaN));
        _last = info.Progress with
        {
            Iteration = info.Progress.Iteration + _offset,
            Seconds = info.Progress.Seconds + _secondsBefore,
        };
        IterationInfo<T> shown = new(_last, info.Left, info.Right);
        ObserverVerdict traced = options.Trace?.Observe(shown) ?? ObserverVerdict.Continue;
        ObserverVerdict watched = options.Observer?.Observe(shown) ?? ObserverVerdict.Continue;
        return traced == ObserverVerdict.Stop ? traced : watched;
    }
}
