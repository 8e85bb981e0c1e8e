using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>
/// (P, Q) &#8594; A(P V^T + U Q^T) / s, or one of the terms alone, for orthonormal bases U and V: how the measurements
/// change with the factors of X. Its condition number is that of A on these matrices, whatever that of X is.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The unknowns are P, dense by rows, and behind it Q. s stands for the power of two near the scale of A, so that M is
/// near 1 and a change of X is 2^<see cref="Exponent"/> times the matrix that solves for it. A product of either kind
/// costs one operator call. Allocation: at construction only.
/// </remarks>
internal sealed class TangentMap<T> : ILinearMap<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _operator;
    private readonly AlignedBuffer<T> _left;
    private readonly AlignedBuffer<T> _right;
    private readonly AlignedBuffer<T> _spare;
    private readonly AlignedBuffer<T> _scratch;
    private readonly int _width;

    /// <summary>The map for bases of the given width.</summary>
    public TangentMap(SensingProblem<T> problem, int width)
    {
        _operator = problem.Operator;
        _width = width;
        int wide = checked(2 * width);
        _left = new AlignedBuffer<T>(Scratch<T>.LengthOf(_operator.Rows, wide));
        _right = new AlignedBuffer<T>(Scratch<T>.LengthOf(_operator.Columns, wide));
        _spare = new AlignedBuffer<T>(Scratch<T>.LengthOf(Math.Max(_operator.Rows, _operator.Columns), width));
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(wide));
        Exponent = InverseSquare.Of(_operator.ScaleFor(problem.Structure)).Exponent;
        Moving = problem.Structure == MatrixStructure.Symmetric ? MovingFactor.Symmetric : MovingFactor.Both;
    }

    /// <summary>What the unknowns are.</summary>
    public MovingFactor Moving { get; set; }

    /// <summary>2^Exponent is near 1 / s.</summary>
    public int Exponent { get; }

    /// <summary>[P U], n1 x 2k: with <see cref="WideRight"/> the factors of P V^T + U Q^T.</summary>
    public MatrixSpan<T> WideLeft => _left.Matrix(_operator.Rows, 2 * _width);

    /// <summary>[V Q], n2 x 2k.</summary>
    public MatrixSpan<T> WideRight => _right.Matrix(_operator.Columns, 2 * _width);

    /// <summary>P, n1 x k; written by <see cref="Forward"/>.</summary>
    public MatrixSpan<T> LeftChange => WideLeft.Slice(0, 0, _operator.Rows, _width);

    /// <summary>U, n1 x k.</summary>
    public MatrixSpan<T> LeftBasis => WideLeft.Slice(0, _width, _operator.Rows, _width);

    /// <summary>V, n2 x k.</summary>
    public MatrixSpan<T> RightBasis => WideRight.Slice(0, 0, _operator.Columns, _width);

    /// <summary>Q, n2 x k; written by <see cref="Forward"/>.</summary>
    public MatrixSpan<T> RightChange => WideRight.Slice(0, _width, _operator.Columns, _width);

    /// <summary>Number of unknowns.</summary>
    public int Unknowns => (MovesLeft ? _operator.Rows * _width : 0) + (MovesRight ? _operator.Columns * _width : 0);

    private bool MovesLeft => Moving != MovingFactor.Right;

    private bool MovesRight => Moving is MovingFactor.Right or MovingFactor.Both;

    /// <summary>basis &#8592; an orthonormal basis of the columns of a factor; a column that depends on those before it becomes 0.</summary>
    public void SetBasis(ReadOnlyMatrixSpan<T> factor, MatrixSpan<T> basis)
    {
        MatrixSpan<T> rows = _spare.Matrix(_width, factor.Rows);
        factor.Transpose().CopyTo(rows);
        RowOperations.Orthonormalize(rows);
        rows.Transpose().CopyTo(basis);
    }

    /// <summary>Writes the unknowns to <see cref="LeftChange"/> and <see cref="RightChange"/>.</summary>
    public void SetChanges(ReadOnlySpan<T> x)
    {
        int left = MovesLeft ? _operator.Rows * _width : 0;
        if (MovesLeft)
        {
            new ReadOnlyMatrixSpan<T>(x[..left], _operator.Rows, _width).CopyTo(LeftChange);
        }

        if (MovesRight || Moving == MovingFactor.Symmetric)
        {
            ReadOnlySpan<T> right = MovesRight ? x[left..] : x;
            new ReadOnlyMatrixSpan<T>(right, _operator.Columns, _width).CopyTo(RightChange);
        }
    }

    /// <summary>remainder &#8592; y - A(L R^T), for factors of the width of the bases.</summary>
    public void Remainder(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> remainder)
    {
        _operator.Forward(at, remainder, _scratch.Span);
        for (int i = 0; i < remainder.Length; i++)
        {
            remainder[i] = measurements[i] - remainder[i];
        }
    }

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y)
    {
        SetChanges(x);
        FactorPair<T> at = Moving switch
        {
            MovingFactor.Left => new(LeftChange, RightBasis),
            MovingFactor.Right => new(LeftBasis, RightChange),
            _ => new(WideLeft, WideRight),
        };
        _operator.Forward(at, y, _scratch.Span);
        PowerOfTwo.Scale(y, Exponent);
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, Span<T> x)
    {
        int left = MovesLeft ? _operator.Rows * _width : 0;
        MatrixSpan<T> productLeft = new(MovesLeft ? x[..left] : _spare.Slice(0, _operator.Rows * _width), _operator.Rows, _width);
        MatrixSpan<T> productRight = new(MovesRight ? x[left..] : _spare.Slice(0, _operator.Columns * _width), _operator.Columns, _width);
        _operator.AdjointProducts(z, new FactorPair<T>(LeftBasis, RightBasis), productLeft, productRight, _scratch.Span);
        if (Moving == MovingFactor.Symmetric)
        {
            Level1.Axpy<T>(T.One, _spare.Slice(0, x.Length), x);
        }

        PowerOfTwo.Scale(x, Exponent);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _spare.Dispose();
        _scratch.Dispose();
    }
}
