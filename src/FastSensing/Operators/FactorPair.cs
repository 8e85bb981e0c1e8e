using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>A matrix X = L R^T given by its factors; k is the factor width, any k >= 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="left">L, rows x k.</param>
/// <param name="right">R, columns x k.</param>
public readonly ref struct FactorPair<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    where T : unmanaged
{
    /// <summary>L, rows x k.</summary>
    public ReadOnlyMatrixSpan<T> Left { get; } = left;

    /// <summary>R, columns x k.</summary>
    public ReadOnlyMatrixSpan<T> Right { get; } = right;

    /// <summary>The factor width k.</summary>
    public int Width => Left.Columns;
}
