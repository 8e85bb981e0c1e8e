using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers;

/// <summary>One iterate: its numbers and views of its factors, valid until the next step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct IterationInfo<T>
    where T : unmanaged
{
    /// <summary>Bundles the numbers and the factors.</summary>
    /// <param name="progress">The numbers.</param>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k; for X = U U^T the same view as left.</param>
    public IterationInfo(IterationProgress progress, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        Progress = progress;
        Left = left;
        Right = right;
    }

    /// <summary>Iteration, loss, relative residual, seconds, step size, damping.</summary>
    public IterationProgress Progress { get; }

    /// <summary>L, n1 x k.</summary>
    public ReadOnlyMatrixSpan<T> Left { get; }

    /// <summary>R, n2 x k; for X = U U^T the same view as <see cref="Left"/>.</summary>
    public ReadOnlyMatrixSpan<T> Right { get; }
}
