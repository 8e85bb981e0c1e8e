using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.Preconditioners;

/// <summary>
/// D &#8592; D (F^T F + lambda I)^-1 for directions D of a scaled method: Syrk, damping on the diagonal, Potrf, two Trsm.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost: n k^2 + k^3 / 3 flops for the factor, 2 n k^2 to apply it. Allocation: at construction only.</remarks>
internal sealed class GramPreconditioner<T>(IBlas<T> blas, int width) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _gram = new(Scratch<T>.LengthOf(width, width));

    /// <summary>Factors F^T F + lambda I.</summary>
    /// <returns>Running, or Breakdown when the matrix is not positive definite in floating point.</returns>
    public SolveStatus Factor(ReadOnlyMatrixSpan<T> factor, double damping)
    {
        MatrixSpan<T> gram = _gram.Matrix(width, width);
        blas.Syrk(T.One, factor.Transpose(), T.Zero, gram);
        T shift = T.CreateTruncating(damping);
        for (int i = 0; i < width; i++)
        {
            gram[i, i] += shift;
        }

        return blas.Potrf(gram) == 0 ? SolveStatus.Running : SolveStatus.Breakdown;
    }

    /// <summary>Copies the gradient to the direction and applies the inverse from the right.</summary>
    public void Apply(ReadOnlyMatrixSpan<T> gradient, MatrixSpan<T> direction)
    {
        gradient.CopyTo(direction);
        blas.Potrs(_gram.Matrix(width, width), direction.Transpose());
    }

    public void Dispose() => _gram.Dispose();
}
