using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>
/// The (L', R') of least ||L'||^2 + ||R'||^2 among those with L R'^T + L' R^T = Z, for Z = P V^T + U Q^T + c L R^T with
/// bases U and V of L and R: a least-squares problem over Z has one solution, over the factors a family of k^2 dimensions.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// With L = U K, R = V H, C = U^T Z V and P, Q without their parts along U, V: L' = (U W + P (H H^T)^-1) H and
/// R' = (V W^T + Q (K K^T)^-1) K, where W solves the Sylvester equation K K^T W + W H H^T = C, by the eigenvectors of both
/// matrices. Cost: O((n1 + n2) k^2 + k^3). Allocation: at construction only.
/// </remarks>
internal sealed class LeastNormFactors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBlas<T> _blas;
    private readonly T[] _memory;
    private readonly T[] _leftValues;
    private readonly T[] _rightValues;
    private readonly int _width;
    private readonly int _length;

    /// <summary>Takes the memory for factors of at most so many rows.</summary>
    public LeastNormFactors(IBlas<T> blas, int rows, int width)
    {
        _blas = blas;
        _width = width;
        _length = Scratch<T>.LengthOf(width, width);
        _memory = new T[(8 * _length) + Scratch<T>.LengthOf(rows, width)];
        _leftValues = new T[width];
        _rightValues = new T[width];
    }

    /// <summary>K H^T, k x k: L R^T in the bases.</summary>
    public MatrixSpan<T> Product => Square(0);

    private MatrixSpan<T> LeftCore => Square(1);

    private MatrixSpan<T> RightCore => Square(2);

    private MatrixSpan<T> LeftVectors => Square(3);

    private MatrixSpan<T> RightVectors => Square(4);

    private MatrixSpan<T> Weights => Square(5);

    private MatrixSpan<T> First => Square(6);

    private MatrixSpan<T> Second => Square(7);

    /// <summary>Takes L and R with orthonormal bases U and V of their columns.</summary>
    /// <param name="left">L.</param>
    /// <param name="leftBasis">U.</param>
    /// <param name="right">R.</param>
    /// <param name="rightBasis">V.</param>
    /// <param name="exponent">Z, <see cref="Product"/>, P, Q and the results are given divided by 2^exponent, which keeps them near 1.</param>
    public void Begin(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> leftBasis,
        ReadOnlyMatrixSpan<T> right,
        ReadOnlyMatrixSpan<T> rightBasis,
        int exponent)
    {
        Project(left, leftBasis, LeftCore);
        Project(right, rightBasis, RightCore);
        Decompose(LeftCore, _leftValues, LeftVectors);
        Decompose(RightCore, _rightValues, RightVectors);
        _blas.Gemm(T.ScaleB(T.One, -exponent), LeftCore, RightCore.Transpose(), T.Zero, Product);
    }

    /// <summary>Finds W; the bases are those that <see cref="Begin"/> was given.</summary>
    /// <param name="left">P, n1 x k.</param>
    /// <param name="right">Q, n2 x k.</param>
    /// <param name="share">c.</param>
    /// <param name="leftBasis">U.</param>
    /// <param name="rightBasis">V.</param>
    public void Solve(
        ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, T share, ReadOnlyMatrixSpan<T> leftBasis, ReadOnlyMatrixSpan<T> rightBasis)
    {
        Product.CopyTo(Second);
        _blas.Gemm(T.One, leftBasis.Transpose(), left, share, Second);
        _blas.Gemm(T.One, right.Transpose(), rightBasis, T.One, Second);

        // In the bases of eigenvectors, which are rows here: W_ij = C_ij / (kappa_i + eta_j).
        _blas.Gemm(T.One, LeftVectors, Second, T.Zero, First);
        _blas.Gemm(T.One, First, RightVectors.Transpose(), T.Zero, Second);
        T negligible = Negligible(_leftValues[0] + _rightValues[0]);
        for (int i = 0; i < _width; i++)
        {
            for (int j = 0; j < _width; j++)
            {
                T sum = _leftValues[i] + _rightValues[j];
                Second[i, j] = sum > negligible ? Second[i, j] / sum : T.Zero;
            }
        }

        _blas.Gemm(T.One, LeftVectors.Transpose(), Second, T.Zero, First);
        _blas.Gemm(T.One, First, RightVectors, T.Zero, Weights);
    }

    /// <summary>next &#8592; L', once <see cref="Solve"/> has been called.</summary>
    /// <param name="basis">U.</param>
    /// <param name="change">P; loses its part along U.</param>
    /// <param name="next">n1 x k, overwritten.</param>
    public void WriteLeft(ReadOnlyMatrixSpan<T> basis, MatrixSpan<T> change, MatrixSpan<T> next)
    {
        Invert(_rightValues, RightVectors);
        Write(basis, change, Weights, RightCore, next);
    }

    /// <summary>next &#8592; R', once <see cref="Solve"/> has been called.</summary>
    /// <param name="basis">V.</param>
    /// <param name="change">Q; loses its part along V.</param>
    /// <param name="next">n2 x k, overwritten.</param>
    public void WriteRight(ReadOnlyMatrixSpan<T> basis, MatrixSpan<T> change, MatrixSpan<T> next)
    {
        Invert(_leftValues, LeftVectors);
        Write(basis, change, Weights.Transpose(), LeftCore, next);
    }

    private void Project(ReadOnlyMatrixSpan<T> factor, ReadOnlyMatrixSpan<T> basis, MatrixSpan<T> core) =>
        _blas.Gemm(T.One, basis.Transpose(), factor, T.Zero, core);

    /// <summary>The eigenvalues and vectors of core core^T.</summary>
    private void Decompose(ReadOnlyMatrixSpan<T> core, Span<T> values, MatrixSpan<T> vectors)
    {
        _blas.Gemm(T.One, core, core.Transpose(), T.Zero, First);
        JacobiEvd.Decompose(First, values, vectors);
    }

    /// <summary>First &#8592; the pseudo-inverse of the matrix with these eigenvalues and vectors.</summary>
    private void Invert(ReadOnlySpan<T> values, MatrixSpan<T> vectors)
    {
        T negligible = Negligible(values[0]);
        for (int i = 0; i < _width; i++)
        {
            T inverse = values[i] > negligible ? T.One / values[i] : T.Zero;
            for (int j = 0; j < _width; j++)
            {
                Second[i, j] = inverse * vectors[i, j];
            }
        }

        _blas.Gemm(T.One, vectors.Transpose(), Second, T.Zero, First);
    }

    /// <summary>change &#8592; its part across the basis; next &#8592; (basis weights + change First) core.</summary>
    private void Write(
        ReadOnlyMatrixSpan<T> basis, MatrixSpan<T> change, ReadOnlyMatrixSpan<T> weights, ReadOnlyMatrixSpan<T> core, MatrixSpan<T> next)
    {
        _blas.Gemm(T.One, basis.Transpose(), change, T.Zero, Second);
        _blas.Gemm(-T.One, basis, Second, T.One, change);
        MatrixSpan<T> sum = new(_memory.AsSpan(8 * _length), next.Rows, _width);
        _blas.Gemm(T.One, basis, weights, T.Zero, sum);
        _blas.Gemm(T.One, change, First, T.One, sum);
        _blas.Gemm(T.One, sum, core, T.Zero, next);
    }

    private T Negligible(T largest) => T.CreateTruncating(_width) * RowOperations.Precision<T>() * largest;

    private MatrixSpan<T> Square(int index) => new(_memory.AsSpan(index * _length), _width, _width);
}
