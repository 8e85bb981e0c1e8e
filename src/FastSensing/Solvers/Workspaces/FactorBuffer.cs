using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Solvers.Workspaces;

/// <summary>Room for a pair of factors, each dense; for symmetric problems there is one, and the "right" view is the left one.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>What pads the factors to cache lines is zero and stays so. Allocation: at construction only.</remarks>
internal sealed class FactorBuffer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _memory;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _rightStart;

    /// <exception cref="ArgumentException">More elements than a span can hold; the message names the shapes.</exception>
    public FactorBuffer(IMeasurementOperator<T> op, int width, MatrixStructure structure)
    {
        bool symmetric = structure == MatrixStructure.Symmetric;
        int left = Scratch<T>.LengthOf(op.Rows, width);
        long both = (long)left + (symmetric ? 0 : Scratch<T>.LengthOf(op.Columns, width));
        int length = OperatorShapes.RequireStorable(op, width, both);
        _rows = op.Rows;
        _columns = op.Columns;
        _width = width;
        _rightStart = symmetric ? 0 : left;
        _memory = new AlignedBuffer<T>(length);
    }

    public MatrixSpan<T> Left => new(_memory.Slice(0, _rows * _width), _rows, _width);

    public MatrixSpan<T> Right => new(_memory.Slice(_rightStart, _columns * _width), _columns, _width);

    /// <summary>Both factors as one vector, padding included.</summary>
    public Span<T> All => _memory.Span;

    /// <summary>This &#8592; other.</summary>
    public void Take(FactorBuffer<T> other) => other.All.CopyTo(All);

    /// <summary>This &#8592; from - step times this.</summary>
    public void MoveFrom(FactorBuffer<T> from, T step)
    {
        ReadOnlySpan<T> old = from.All;
        Span<T> value = All;
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = old[i] - (step * value[i]);
        }
    }

    /// <summary>The left factor &#8592; itself - step times the left of the direction.</summary>
    public void SubtractLeft(T step, FactorBuffer<T> direction) =>
        Level1.Axpy(-step, direction._memory.Slice(0, _rows * _width), _memory.Slice(0, _rows * _width));

    /// <summary>The right factor &#8592; itself - step times the right of the direction.</summary>
    public void SubtractRight(T step, FactorBuffer<T> direction) =>
        Level1.Axpy(-step, direction._memory.Slice(_rightStart, _columns * _width), _memory.Slice(_rightStart, _columns * _width));

    /// <summary>Both factors &#8592; their sum with those of another buffer.</summary>
    public void Add(FactorBuffer<T> other) => Level1.Axpy<T>(T.One, other.All, All);

    /// <summary>This &#8592; this + weight (this - other).</summary>
    public void ExtrapolateFrom(FactorBuffer<T> other, T weight)
    {
        ReadOnlySpan<T> old = other.All;
        Span<T> value = All;
        for (int i = 0; i < value.Length; i++)
        {
            value[i] += weight * (value[i] - old[i]);
        }
    }

    /// <summary>Sum of the products of all elements, in double precision.</summary>
    public double Dot(FactorBuffer<T> other) => Sums.Dot<T>(All, other.All);

    /// <summary>Sum of the products of all elements with those of first - second, in double precision.</summary>
    public double DotDifference(FactorBuffer<T> first, FactorBuffer<T> second)
    {
        ReadOnlySpan<T> weights = All;
        ReadOnlySpan<T> x = first.All;
        ReadOnlySpan<T> y = second.All;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += double.CreateTruncating(weights[i]) * double.CreateTruncating(x[i] - y[i]);
        }

        return sum;
    }

    /// <summary>Both factors times 2^exponent.</summary>
    public void Scale(int exponent) => PowerOfTwo.Scale(All, exponent);

    public void Dispose() => _memory.Dispose();
}
