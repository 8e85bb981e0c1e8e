using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Sampling;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Projections;

/// <summary>X &#8592; SVD_r(X - step G): the step of the hard-thresholding methods, once its length is known.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The subspace iteration starts from the right vectors of X, so it depends on nothing but X. Allocation: at
/// construction only.
/// </remarks>
internal sealed class RankProjection<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rounds = 4;

    private readonly SubspaceIteration<T> _svd;
    private readonly AlignedBuffer<T> _point;
    private readonly AlignedBuffer<T> _spare;
    private readonly int _rows;
    private readonly int _columns;

    public RankProjection(IMeasurementOperator<T> op, int rank)
    {
        (_rows, _columns) = (op.Rows, op.Columns);
        _svd = new SubspaceIteration<T>(op.Blas, _rows, _columns, rank);
        _point = new AlignedBuffer<T>(Scratch<T>.LengthOf(_rows, _columns));
        _spare = new AlignedBuffer<T>(Scratch<T>.LengthOf(_svd.Block, _columns));
        new NormalGenerator(2).Normals(0, _spare.Slice(0, _svd.Block * _columns));
    }

    /// <summary>Descends and projects: one operator call.</summary>
    public SolveStatus Descend(MatrixWorkspace<T> work, double step)
    {
        MatrixSpan<T> point = _point.Matrix(_rows, _columns);
        work.Descend(step, 0, point);
        ReadOnlyMatrixSpan<T> known = work.Factors.Right;
        MatrixSpan<T> start = _svd.Start;
        start.Fill(T.Zero);
        known.Transpose().CopyTo(start.Slice(0, 0, known.Columns, _columns));
        _svd.Decompose(point, _spare.Matrix(_svd.Block, _columns), Rounds);
        return work.Arrive(_svd.Values, T.Zero, _svd.Left, _svd.Right, step);
    }

    public void Dispose()
    {
        _svd.Dispose();
        _point.Dispose();
        _spare.Dispose();
    }
}
