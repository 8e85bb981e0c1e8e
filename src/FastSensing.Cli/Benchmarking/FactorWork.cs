using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Cli.Benchmarking;

/// <summary>Factors of one width and all the memory that a gradient at them needs.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class FactorWork<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Loss and gradients of an operator at factors.</summary>
    public delegate T Gradient(
        IMeasurementOperator<T> op,
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch);

    private readonly IMeasurementOperator<T> _operator;
    private readonly int _width;
    private readonly AlignedBuffer<T> _left;
    private readonly AlignedBuffer<T> _right;
    private readonly AlignedBuffer<T> _gradientLeft;
    private readonly AlignedBuffer<T> _gradientRight;
    private readonly AlignedBuffer<T> _residual;
    private readonly AlignedBuffer<T> _scratch;

    /// <summary>Random factors for an operator.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="width">Factor width.</param>
    public FactorWork(IMeasurementOperator<T> op, int width)
    {
        _operator = op;
        _width = width;
        _left = TestData.Random<T>(op.Rows * width, 11);
        _right = TestData.Random<T>(op.Columns * width, 12);
        _gradientLeft = new AlignedBuffer<T>(op.Rows * width);
        _gradientRight = new AlignedBuffer<T>(op.Columns * width);
        _residual = new AlignedBuffer<T>(op.MeasurementCount);
        _scratch = new AlignedBuffer<T>(op.ScratchLength(width));
    }

    /// <summary>The operator's own loss and gradient.</summary>
    /// <param name="measurements">y.</param>
    public T LossAndGradient(ReadOnlySpan<T> measurements) =>
        _operator.LossAndGradient(
            At(), measurements, _residual.Span, Matrix(_gradientLeft, _operator.Rows), Matrix(_gradientRight, _operator.Columns), _scratch.Span);

    /// <summary>Another way to the same.</summary>
    /// <param name="gradient">What computes it.</param>
    /// <param name="measurements">y.</param>
    public T LossAndGradient(Gradient gradient, ReadOnlySpan<T> measurements) =>
        gradient(
            _operator, At(), measurements, _residual.Span, Matrix(_gradientLeft, _operator.Rows), Matrix(_gradientRight, _operator.Columns), _scratch.Span);

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _gradientLeft.Dispose();
        _gradientRight.Dispose();
        _residual.Dispose();
        _scratch.Dispose();
    }

    private FactorPair<T> At() => new(Matrix(_left, _operator.Rows), Matrix(_right, _operator.Columns));

    private MatrixSpan<T> Matrix(AlignedBuffer<T> buffer, int rows) => buffer.Matrix(rows, _width);
}
