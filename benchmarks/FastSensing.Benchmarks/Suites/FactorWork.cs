using FastSensing.Cli.Benchmarking;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Benchmarks.Suites;

/// <summary>Factors of one width and all the memory that a gradient at them needs.</summary>
internal sealed class FactorWork : IDisposable
{
    private readonly IMeasurementOperator<double> _operator;
    private readonly int _width;
    private readonly AlignedBuffer<double> _left;
    private readonly AlignedBuffer<double> _right;
    private readonly AlignedBuffer<double> _gradientLeft;
    private readonly AlignedBuffer<double> _gradientRight;
    private readonly AlignedBuffer<double> _residual;
    private readonly AlignedBuffer<double> _scratch;

    /// <summary>Random factors for an operator.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="width">Factor width.</param>
    public FactorWork(IMeasurementOperator<double> op, int width)
    {
        _operator = op;
        _width = width;
        _left = TestData.Random<double>(op.Rows * width, 11);
        _right = TestData.Random<double>(op.Columns * width, 12);
        _gradientLeft = new AlignedBuffer<double>(op.Rows * width);
        _gradientRight = new AlignedBuffer<double>(op.Columns * width);
        _residual = new AlignedBuffer<double>(op.MeasurementCount);
        _scratch = new AlignedBuffer<double>(op.ScratchLength(width));
    }

    /// <summary>The operator's own loss and gradient.</summary>
    /// <param name="measurements">y.</param>
    public double LossAndGradient(ReadOnlySpan<double> measurements) =>
        _operator.LossAndGradient(
            At(), measurements, _residual.Span, Matrix(_gradientLeft, _operator.Rows), Matrix(_gradientRight, _operator.Columns), _scratch.Span);

    /// <summary>The default in terms of Forward and AdjointProducts: two passes.</summary>
    /// <param name="measurements">y.</param>
    public double DefaultLossAndGradient(ReadOnlySpan<double> measurements) =>
        OperatorDefaults.LossAndGradient(
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

    private FactorPair<double> At() => new(Matrix(_left, _operator.Rows), Matrix(_right, _operator.Columns));

    private MatrixSpan<double> Matrix(AlignedBuffer<double> buffer, int rows) => buffer.Matrix(rows, _width);
}
