using System.Numerics;
using FastSensing.Problems;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// ||gradient||_F of every iterate, of 1/2 ||A(L R^T) - y||^2 / s^2 in (L, R) together, or of 1/4 ||A(U U^T) - y||^2 / s^2
/// in U: zero at minima and saddles.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost: one operator call an iterate, outside the timed step. Allocation: at construction only.</remarks>
public sealed class GradientNormObserver<T> : IIterationObserver<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GradientProbe<T> _probe;

    /// <summary>Takes the memory.</summary>
    /// <param name="problem">The problem; of a method that was given other measurements since, the gradient is not this one.</param>
    /// <param name="width">Largest width of the factors.</param>
    public GradientNormObserver(SensingProblem<T> problem, int width)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _probe = new GradientProbe<T>(problem, width);
    }

    /// <summary>The norm at the last iterate seen; NaN before the first.</summary>
    public double Norm { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        _probe.Evaluate(info.Left, info.Right);
        Norm = _probe.GradientNorm();
        return ObserverVerdict.Continue;
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose() => _probe.Dispose();
}
