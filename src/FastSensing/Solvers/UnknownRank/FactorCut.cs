using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>What a stage leaves to the next: its X = L R^T, and the best approximation of that of any rank as a start.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class FactorCut<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ProductSvd<T> _svd;

    public FactorCut(IBlas<T> blas, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        _svd = new ProductSvd<T>(blas, left.Rows, right.Rows, left.Columns);
        _svd.Decompose(left, right);
    }

    /// <summary>The singular values of X, descending; as many as the factors have columns.</summary>
    public ReadOnlySpan<T> Values => _svd.Values;

    /// <summary>left &#8592; U_r sqrt(S_r) and right &#8592; V_r sqrt(S_r), with r their number of columns.</summary>
    public void CopyTo(MatrixSpan<T> left, MatrixSpan<T> right) => _svd.CopyTo(left, right);

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
}
