using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>A matrix that is given by its elements, as the pair of factors that operators take: X I^T, or I X where that is narrower.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: the identity, at construction.</remarks>
internal sealed class WholeMatrix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _identity;
    private readonly bool _isTall;

    /// <summary>For matrices of an operator's shape.</summary>
    public WholeMatrix(IMeasurementOperator<T> op)
    {
        _isTall = op.Columns <= op.Rows;
        Width = Math.Min(op.Rows, op.Columns);
        _identity = new AlignedBuffer<T>(Scratch<T>.LengthOf(Width, Width));
        MatrixSpan<T> identity = _identity.Matrix(Width, Width);
        for (int j = 0; j < Width; j++)
        {
            identity[j, j] = T.One;
        }
    }

    /// <summary>Width of the factors, min(n1, n2).</summary>
    public int Width { get; }

    /// <summary>X as a pair; sees the memory of X.</summary>
    /// <param name="x">n1 x n2.</param>
    public FactorPair<T> Of(ReadOnlyMatrixSpan<T> x)
    {
        ReadOnlyMatrixSpan<T> identity = _identity.Matrix(Width, Width);
        return _isTall ? new(x, identity) : new(identity, x.Transpose());
    }

    public void Dispose() => _identity.Dispose();
}
