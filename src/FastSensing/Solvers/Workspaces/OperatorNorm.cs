using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// L = ||A||^2 / s^2, the largest eigenvalue of A*A / s^2, by Lanczos steps, and a little more: the Lipschitz constant of
/// the gradient in X.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Sixteen steps come within 2.5 % of the largest eigenvalue on average over random starts (Kuczynski, Wozniakowski 1992),
/// which the margin covers. Cost: 16 operator calls, once. Allocation: at construction only.
/// </remarks>
internal sealed class OperatorNorm<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Steps = 16;
    private const double Margin = 1.03;

    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly IsometricUnits _units;
    private readonly WholeMatrix<T> _whole;
    private readonly AlignedBuffer<T> _memory;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _zeros;
    private readonly T[] _residual;
    private readonly double[] _tridiagonal = new double[Steps * Steps];
    private readonly double[] _vectors = new double[Steps * Steps];
    private readonly double[] _values = new double[3 * Steps];
    private double _squared;

    public OperatorNorm(SensingProblem<T> problem)
    {
        _operator = problem.Operator;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _units = new IsometricUnits(InverseSquare.Of(_operator.ScaleFor(problem.Structure)));
        _whole = new WholeMatrix<T>(_operator);
        _memory = new AlignedBuffer<T>(4 * (nint)Scratch<T>.LengthOf(_operator.Rows, _operator.Columns));
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(_whole.Width));
        _zeros = new T[_operator.MeasurementCount];
        _residual = new T[_operator.MeasurementCount];
    }

    /// <summary>L; a small positive number for an operator that measures nothing, not finite where the operator fails.</summary>
    public double Squared
    {
        get
        {
            _squared = double.IsFinite(_squared) && _squared > 0 ? _squared : Math.Max(Margin * LargestRitzValue(), 1e-3);
            return _squared;
        }
    }

    public void Dispose()
    {
        _whole.Dispose();
        _memory.Dispose();
        _scratch.Dispose();
    }

    private double LargestRitzValue()
    {
        Scratch<T> pieces = new(_memory.Span);
        int length = _operator.Rows * _operator.Columns;
        Span<T> vector = pieces.Take(length);
        Span<T> before = pieces.Take(length);
        Span<T> image = pieces.Take(length);
        new NormalGenerator(1).Normals(0, vector);
        if (_symmetric)
        {
            SymmetricPart.Take(AsMatrix(vector));
        }

        Level1.Scal(T.One / Level1.Nrm2<T>(vector), vector);
        double beta = 0;
        int steps = 0;
        while (steps < Steps && beta >= 0)
        {
            Apply(vector, image, pieces);
            Level1.Axpy(-T.CreateTruncating(beta), before, image);
            T alpha = Level1.Dot<T>(image, vector);
            Level1.Axpy<T>(-alpha, vector, image);
            _tridiagonal[steps * (Steps + 1)] = double.CreateTruncating(alpha);
            double next = double.CreateTruncating(Level1.Nrm2<T>(image));
            steps++;
            beta = steps < Steps && next > 1e-3 * double.CreateTruncating(alpha) ? next : -1;
            if (beta > 0)
            {
                _tridiagonal[((steps - 1) * Steps) + steps] = beta;
                _tridiagonal[(steps * Steps) + steps - 1] = beta;
                vector.CopyTo(before);
                image.CopyTo(vector);
                Level1.Scal(T.CreateTruncating(1 / beta), vector);
            }
        }

        SymmetricEvd.Decompose(
            new MatrixSpan<double>(_tridiagonal, Steps, Steps).Slice(0, 0, steps, steps),
            _values.AsSpan(0, steps),
            _values.AsSpan(Steps),
            new MatrixSpan<double>(_vectors, steps, steps));
        return _values[0];
    }

    /// <summary>image &#8592; A*(A(V)) / s^2.</summary>
    private void Apply(ReadOnlySpan<T> vector, Span<T> image, Scratch<T> pieces)
    {
        MatrixSpan<T> scaled = pieces.TakeMatrix(_operator.Rows, _operator.Columns);
        AsMatrix(vector).CopyTo(scaled);
        for (int i = 0; i < scaled.Rows; i++)
        {
            PowerOfTwo.Scale(scaled.Row(i), _units.Exponent);
        }

        MatrixSpan<T> product = AsMatrix(image);
        _operator.LossAndMatrixGradient(_whole.Of(scaled), _zeros, _residual, product, _scratch.Span);
        if (_symmetric)
        {
            SymmetricPart.Take(product);
        }

        _units.ToIsometric(product);
    }

    private MatrixSpan<T> AsMatrix(Span<T> vector) => new(vector, _operator.Rows, _operator.Columns);

    private ReadOnlyMatrixSpan<T> AsMatrix(ReadOnlySpan<T> vector) => new(vector, _operator.Rows, _operator.Columns);
}
