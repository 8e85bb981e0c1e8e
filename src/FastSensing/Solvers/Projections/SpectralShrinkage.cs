using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Projections;

/// <summary>
/// The proximal map of t ||X||_*: sum_i (sigma_i - t)_+ u_i v_i^T for general matrices, and over the cone of positive
/// semidefinite ones sum_i (lambda_i - t)_+ z_i z_i^T, which for t = 0 is the projection to it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost: that of a full decomposition, about 10 to 30 n^3 flops. Allocation: at construction only.</remarks>
internal sealed class SpectralShrinkage<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseSvd<T>? _svd;
    private readonly AlignedBuffer<T>? _vectors;
    private readonly T[] _values;
    private readonly T[] _work;

    public SpectralShrinkage(IMeasurementOperator<T> op, MatrixStructure structure)
    {
        bool symmetric = structure == MatrixStructure.Symmetric;
        _svd = symmetric ? null : new DenseSvd<T>(op.Blas, op.Rows, op.Columns);
        _vectors = symmetric ? new AlignedBuffer<T>(Scratch<T>.LengthOf(op.Rows, op.Rows)) : null;
        _values = new T[op.Rows];
        _work = new T[2 * op.Rows];
    }

    /// <summary>Moves the current iterate of the workspace to the proximal point of a matrix: one operator call.</summary>
    /// <param name="matrix">In the units of the workspace; destroyed.</param>
    /// <param name="threshold">t, at least 0.</param>
    /// <param name="work">Takes the result.</param>
    /// <param name="stepSize">For the report.</param>
    public SolveStatus Apply(MatrixSpan<T> matrix, double threshold, MatrixWorkspace<T> work, double stepSize)
    {
        T cut = T.CreateTruncating(threshold);
        if (_svd is not null)
        {
            _svd.Decompose(matrix, cut);
            return work.Arrive(_svd.Values, cut, _svd.Left, _svd.Right, stepSize);
        }

        MatrixSpan<T> vectors = _vectors!.Matrix(matrix.Rows, matrix.Rows);
        SymmetricEvd.Decompose(matrix, _values.AsSpan(), _work.AsSpan(), vectors);
        int count = 0;
        while (count < _values.Length && _values[count] > cut)
        {
            count++;
        }

        return work.Arrive(_values.AsSpan(0, count), cut, vectors, vectors, stepSize);
    }

    public void Dispose()
    {
        _svd?.Dispose();
        _vectors?.Dispose();
    }
}
