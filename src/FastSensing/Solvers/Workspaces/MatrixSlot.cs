using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// Room for an iterate X, kept as a pair of factors, and the gradient in X itself; for symmetric problems there is one
/// factor, and every "right" view is the left one.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class MatrixSlot<T>(IMeasurementOperator<T> op, int width, MatrixStructure structure) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _left = new(Scratch<T>.LengthOf(op.Rows, width));
    private readonly AlignedBuffer<T>? _right = structure == MatrixStructure.Symmetric ? null : new(Scratch<T>.LengthOf(op.Columns, width));
    private readonly AlignedBuffer<T> _gradient = new(Scratch<T>.LengthOf(op.Rows, op.Columns));

    /// <summary>Columns that are not zero: the first ones.</summary>
    public int Rank { get; set; }

    public MatrixSpan<T> Left => _left.Matrix(op.Rows, width);

    public MatrixSpan<T> Right => _right is null ? Left : _right.Matrix(op.Columns, width);

    public MatrixSpan<T> Gradient => _gradient.Matrix(op.Rows, op.Columns);

    /// <summary>The columns that are not zero, and at least one.</summary>
    public FactorPair<T> Factors
    {
        get
        {
            int count = Math.Max(Rank, 1);
            return new(Left.Slice(0, 0, op.Rows, count), Right.Slice(0, 0, op.Columns, count));
        }
    }

    /// <summary>The factors &#8592; the given ones, of as many columns or fewer, zeros behind.</summary>
    public void Take(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        Rank = left.Columns;
        Left.Fill(T.Zero);
        left.CopyTo(Left.Slice(0, 0, op.Rows, Rank));
        if (_right is not null)
        {
            Right.Fill(T.Zero);
            right.CopyTo(Right.Slice(0, 0, op.Columns, Rank));
        }
    }

    /// <summary>The factors &#8592; those of X = sum_i (values_i - shift) u_i v_i^T, with the u_i and v_i as rows.</summary>
    public void Take(
        ReadOnlySpan<T> values, T shift, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, IsometricUnits units)
    {
        Rank = values.Length;
        Fill(Left, values, shift, left, units);
        if (_right is not null)
        {
            Fill(Right, values, shift, right, units);
        }
    }

    /// <summary>z &#8592; z + factor (X - step G), in isometric units.</summary>
    public void AddTo(MatrixSpan<T> z, double factor, double step, IsometricUnits units)
    {
        FactorPair<T> at = Factors;
        op.Blas.Gemm(T.ScaleB(T.CreateTruncating(factor), -units.Exponent), at.Left, at.Right.Transpose(), T.One, z);
        T part = T.CreateTruncating(-factor * step);
        for (int i = 0; i < z.Rows; i++)
        {
            Level1.Axpy(part, Gradient.Row(i), z.Row(i));
        }
    }

    /// <summary>Both factors times 2^exponent.</summary>
    public void ScaleFactors(int exponent)
    {
        PowerOfTwo.Scale(_left.Span, exponent);
        PowerOfTwo.Scale(_right is null ? [] : _right.Span, exponent);
    }

    /// <summary>Saves or restores everything, under names with the given ending.</summary>
    public void Exchange(MethodState<T> state, string ending)
    {
        state.Array("left" + ending, _left.Span);
        if (_right is not null)
        {
            state.Array("right" + ending, _right.Span);
        }

        state.Array("gradient" + ending, _gradient.Span);
        int rank = Rank;
        state.Integer("rank" + ending, ref rank);
        Rank = rank;
    }

    public void Dispose()
    {
        _left.Dispose();
        _right?.Dispose();
        _gradient.Dispose();
    }

    private static void Fill(MatrixSpan<T> factor, ReadOnlySpan<T> values, T shift, ReadOnlyMatrixSpan<T> vectors, IsometricUnits units)
    {
        factor.Fill(T.Zero);
        for (int j = 0; j < values.Length; j++)
        {
            T root = T.ScaleB(T.Sqrt(values[j] - shift), units.Exponent / 2);
            for (int i = 0; i < factor.Rows; i++)
            {
                factor[i, j] = root * vectors[j, i];
            }
        }
    }
}
