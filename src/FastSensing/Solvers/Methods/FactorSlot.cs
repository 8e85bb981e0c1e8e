using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>
/// Room for a pair of factors and their gradients, each dense; for symmetric problems there is one factor, and every
/// "right" view is the left one.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class FactorSlot<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _factors;
    private readonly AlignedBuffer<T> _gradients;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _rightStart;

    /// <exception cref="ArgumentException">More elements than a span can hold; the message names the shapes.</exception>
    public FactorSlot(IMeasurementOperator<T> op, int width, MatrixStructure structure)
    {
        bool symmetric = structure == MatrixStructure.Symmetric;
        int left = Scratch<T>.LengthOf(op.Rows, width);
        long both = (long)left + (symmetric ? 0 : Scratch<T>.LengthOf(op.Columns, width));
        int length = OperatorShapes.RequireStorable(op, width, both);
        _rows = op.Rows;
        _columns = op.Columns;
        _width = width;
        _rightStart = symmetric ? 0 : left;
        _factors = new AlignedBuffer<T>(length);
        _gradients = new AlignedBuffer<T>(length);
    }

    public MatrixSpan<T> Left => new(_factors.Slice(0, _rows * _width), _rows, _width);

    public MatrixSpan<T> Right => new(_factors.Slice(_rightStart, _columns * _width), _columns, _width);

    public MatrixSpan<T> LeftGradient => new(_gradients.Slice(0, _rows * _width), _rows, _width);

    public MatrixSpan<T> RightGradient => new(_gradients.Slice(_rightStart, _columns * _width), _columns, _width);

    /// <summary>Both factors &#8592; 2^exponent times those of another slot.</summary>
    public void Take(FactorSlot<T> other, int exponent)
    {
        other._factors.Span.CopyTo(_factors.Span);
        ScaleFactors(exponent);
    }

    /// <summary>Both factors &#8592; the gradients of another slot.</summary>
    public void TakeGradients(FactorSlot<T> other) => other._gradients.Span.CopyTo(_factors.Span);

    /// <summary>Both factors &#8592; those of another slot - step times the directions held here.</summary>
    public void MoveFrom(FactorSlot<T> other, T step)
    {
        ReadOnlySpan<T> from = other._factors.Span;
        Span<T> to = _factors.Span;
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from[i] - (step * to[i]);
        }
    }

    /// <summary>Both factors &#8592; their sum with those of another slot.</summary>
    public void AddFactors(FactorSlot<T> other) => Level1.Axpy<T>(T.One, other._factors.Span, _factors.Span);

    /// <summary>Both factors times 2^exponent.</summary>
    public void ScaleFactors(int exponent) => PowerOfTwo.Scale(_factors.Span, exponent);

    /// <summary>Both gradients times 2^exponent.</summary>
    public void ScaleGradients(int exponent) => PowerOfTwo.Scale(_gradients.Span, exponent);

    /// <summary>Saves or restores factors and gradients.</summary>
    public void Exchange(MethodState<T> state)
    {
        state.Array("factors", _factors.Span);
        state.Array("gradients", _gradients.Span);
    }

    /// <summary>Saves or restores factors whose gradients nobody needs.</summary>
    public void ExchangeFactors(MethodState<T> state, string name) => state.Array(name, _factors.Span);

    public void Dispose()
    {
        _factors.Dispose();
        _gradients.Dispose();
    }
}
