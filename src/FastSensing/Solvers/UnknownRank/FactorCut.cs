using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// The singular value decomposition of X = L R^T from its factors, never forming X, and with it the best approximation
/// of any rank, as balanced factors U_r sqrt(S_r), V_r sqrt(S_r).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// L = U1 S1 Z1^T, then R Z1 S1 = U2 S Z2^T, so X = (U1 Z2) S U2^T. Cost: O((n1 + n2) k^2). For U U^T pass U twice.
/// </remarks>
internal sealed class FactorCut<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly T[] _values;

    public FactorCut(IBlas<T> blas, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        int width = left.Columns;
        T[] storage = new T[(left.Rows + (2 * width)) * width];
        MatrixSpan<T> vectors = new(storage, width, left.Rows);
        MatrixSpan<T> first = new(storage.AsSpan(left.Rows * width), width, width);
        MatrixSpan<T> second = new(storage.AsSpan((left.Rows + width) * width), width, width);
        _left = new T[left.Rows * width];
        _right = new T[right.Rows * width];
        _values = new T[width];
        MatrixSpan<T> leftRows = new(_left, width, left.Rows);
        MatrixSpan<T> rightRows = new(_right, width, right.Rows);
        left.Transpose().CopyTo(vectors);
        JacobiSvd.Decompose(vectors, _values, first);
        blas.Gemm(T.One, first, right.Transpose(), T.Zero, rightRows);
        for (int i = 0; i < width; i++)
        {
            Level1.Scal(_values[i], rightRows.Row(i));
        }

        JacobiSvd.Decompose(rightRows, _values, second);
        blas.Gemm(T.One, second, vectors, T.Zero, leftRows);
    }

    /// <summary>The singular values of X, descending; as many as the factors have columns.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>left &#8592; U_r sqrt(S_r) and right &#8592; V_r sqrt(S_r), with r their number of columns.</summary>
    public void CopyTo(MatrixSpan<T> left, MatrixSpan<T> right)
    {
        Copy(_left, left);
        Copy(_right, right);
    }

    /// <summary>Starts a method at the best approximation of the given rank.</summary>
    public void Start(IIterativeMethod<T> method, int rank)
    {
        int rows = method.Problem.Operator.Rows;
        int columns = method.Problem.Operator.Columns;
        MatrixSpan<T> left = new(new T[rows * rank], rows, rank);
        MatrixSpan<T> right = new(new T[columns * rank], columns, rank);
        CopyTo(left, right);
        method.InitializeAt(left, right);
    }

    private void Copy(T[] rows, MatrixSpan<T> factor)
    {
        for (int j = 0; j < factor.Columns; j++)
        {
            T weight = T.Sqrt(_values[j]);
            for (int i = 0; i < factor.Rows; i++)
            {
                factor[i, j] = weight * rows[(j * factor.Rows) + i];
            }
        }
    }
}
