using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// Residual and gradients of the loss at any factors, by one operator call of its own: what observers look at, so that
/// methods need not publish it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Units as in the methods: y / 2^e and factors / 2^(e / 2) with an even e. Allocation: at construction only.
/// </remarks>
internal sealed class GradientProbe<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SensingProblem<T> _problem;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly AlignedBuffer<T> _memory;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _measurements;
    private readonly T[] _residual;
    private readonly int _exponent;
    private int _width;

    public GradientProbe(SensingProblem<T> problem, int width)
    {
        IMeasurementOperator<T> op = problem.Operator;
        _problem = problem;
        _inverseSquaredScale = InverseSquare.Of(op.ScaleFor(problem.Structure));
        long pair = (long)Scratch<T>.LengthOf(op.Rows, width) + Scratch<T>.LengthOf(op.Columns, width);
        _memory = new AlignedBuffer<T>(OperatorShapes.RequireStorable(op, width, 2 * pair));
        _scratch = new AlignedBuffer<T>(op.ScratchLength(width));
        _measurements = problem.Measurements.ToArray();
        _residual = new T[op.MeasurementCount];
        _exponent = PowerOfTwo.Exponent<T>(_measurements) & ~1;
        PowerOfTwo.Scale(_measurements, -_exponent);
        _width = width;
    }

    /// <summary>(A(L R^T) - y) / 2^Exponent at the last point.</summary>
    public ReadOnlySpan<T> Residual => _residual;

    /// <summary>e of Residual.</summary>
    public int Exponent => _exponent;

    /// <summary>A*(res) R as stored, to be multiplied by <see cref="Unit"/>.</summary>
    public ReadOnlyMatrixSpan<T> LeftGradient => Pieces().LeftGradient;

    /// <summary>A*(res)^T L as stored; for symmetric problems that is not computed.</summary>
    public ReadOnlyMatrixSpan<T> RightGradient => Pieces().RightGradient;

    /// <summary>What the stored gradients are times this, they are for A / s and y / s in the user's units.</summary>
    public double Unit => Math.ScaleB(_inverseSquaredScale.Rest, (2 * _inverseSquaredScale.Exponent) + _exponent + (_exponent / 2));

    /// <summary>Evaluates everything at the given factors.</summary>
    /// <param name="left">L, at most as many columns as the probe was made for.</param>
    /// <param name="right">R; ignored for symmetric problems.</param>
    public void Evaluate(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        _width = left.Columns;
        Factors at = Pieces();
        Copy(left, at.Left);
        IMeasurementOperator<T> op = _problem.Operator;
        if (_problem.Structure == MatrixStructure.Symmetric)
        {
            op.SymmetricLossAndGradient(at.Left, _measurements, _residual, at.LeftGradient, _scratch.Span);
            return;
        }

        Copy(right, at.Right);
        op.LossAndGradient(
            new FactorPair<T>(at.Left, at.Right), _measurements, _residual, at.LeftGradient, at.RightGradient, _scratch.Span);
    }

    /// <summary>||gradient||_F of both factors in isometric units: those of A / s and y / s.</summary>
    public double GradientNorm()
    {
        Factors at = Pieces();
        double norm = Norm(at.LeftGradient);
        return Unit * (_problem.Structure == MatrixStructure.Symmetric ? norm : double.Hypot(norm, Norm(at.RightGradient)));
    }

    /// <summary>||A(L R^T) - y|| / s: about ||L R^T - X*||_F.</summary>
    public double ResidualNorm() => Math.ScaleB(
        Norm(new ReadOnlyMatrixSpan<T>(_residual, 1, _residual.Length)) * Math.Sqrt(_inverseSquaredScale.Rest),
        _exponent + _inverseSquaredScale.Exponent);

    public void Dispose()
    {
        _memory.Dispose();
        _scratch.Dispose();
    }

    private static double Norm(ReadOnlyMatrixSpan<T> matrix)
    {
        T largest = T.Zero;
        for (int i = 0; i < matrix.Rows; i++)
        {
            largest = T.Max(largest, PowerOfTwo.LargestMagnitude(matrix.Row(i)));
        }

        double unit = PowerOfTwo.InverseUnit(largest);
        double sum = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (T value in matrix.Row(i))
            {
                double number = unit * double.CreateTruncating(value);
                sum += number * number;
            }
        }

        return Math.Sqrt(sum) / unit;
    }

    private void Copy(ReadOnlyMatrixSpan<T> from, MatrixSpan<T> to)
    {
        from.CopyTo(to);
        for (int i = 0; i < to.Rows; i++)
        {
            PowerOfTwo.Scale(to.Row(i), -_exponent / 2);
        }
    }

    private Factors Pieces()
    {
        Scratch<T> pieces = new(_memory.Span);
        IMeasurementOperator<T> op = _problem.Operator;
        return new Factors
        {
            Left = pieces.TakeMatrix(op.Rows, _width),
            Right = pieces.TakeMatrix(op.Columns, _width),
            LeftGradient = pieces.TakeMatrix(op.Rows, _width),
            RightGradient = pieces.TakeMatrix(op.Columns, _width),
        };
    }

    private ref struct Factors
    {
        public MatrixSpan<T> Left;
        public MatrixSpan<T> Right;
        public MatrixSpan<T> LeftGradient;
        public MatrixSpan<T> RightGradient;
    }
}
