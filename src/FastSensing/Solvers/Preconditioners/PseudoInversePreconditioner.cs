using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.Preconditioners;

/// <summary>D &#8592; D (F^T F)^+ for directions D, from the singular values of F: the scaled step without damping, for any width.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Singular values below 1e-12 of the largest (16 roundings where that is more) count as zero. From F itself, not from its
/// Gram matrix, where those below 1e-8 would be lost. Cost: about 50 n k^2 flops for the decomposition, 4 n k^2 to apply it.
/// Allocation: at construction only.
/// </remarks>
internal sealed class PseudoInversePreconditioner<T>(IBlas<T> blas, int rows, int width) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _columns = new(Scratch<T>.LengthOf(rows, width));
    private readonly AlignedBuffer<T> _rotations = new(Scratch<T>.LengthOf(width, width));
    private readonly AlignedBuffer<T> _rotated = new(Scratch<T>.LengthOf(rows, width));
    private readonly T[] _values = new T[width];

    /// <summary>Decomposes F, of at most as many rows as were promised.</summary>
    public void Factor(ReadOnlyMatrixSpan<T> factor)
    {
        MatrixSpan<T> columns = _columns.Matrix(width, factor.Rows);
        factor.Transpose().CopyTo(columns);
        JacobiSvd.Decompose(columns, _values, _rotations.Matrix(width, width));
    }

    /// <summary>direction &#8592; gradient (F^T F)^+ = gradient Z S^-2 Z^T.</summary>
    public void Apply(ReadOnlyMatrixSpan<T> gradient, MatrixSpan<T> direction)
    {
        MatrixSpan<T> rotated = _rotated.Matrix(gradient.Rows, width);
        ReadOnlyMatrixSpan<T> rotations = _rotations.Matrix(width, width);
        blas.Gemm(T.One, gradient, rotations.Transpose(), T.Zero, rotated);
        T negligible = _values[0] * T.CreateTruncating(Math.Max(1e-12, 16 * double.CreateTruncating(RowOperations.Precision<T>())));
        for (int i = 0; i < rotated.Rows; i++)
        {
            Span<T> row = rotated.Row(i);
            for (int j = 0; j < width; j++)
            {
                // Twice, for the square may underflow.
                row[j] = _values[j] > negligible ? row[j] / _values[j] / _values[j] : T.Zero;
            }
        }

        blas.Gemm(T.One, rotated, rotations, T.Zero, direction);
    }

    public void Dispose()
    {
        _columns.Dispose();
        _rotations.Dispose();
        _rotated.Dispose();
    }
}
