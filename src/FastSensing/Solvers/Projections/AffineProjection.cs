using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Projections;

/// <summary>
/// V &#8592; V - A^+ (A(V) - y): the nearest matrix that fits the measurements, or fits them best where none does. A is kept
/// as a dense matrix over the free numbers of X, with the factor of the smaller of its two Gram matrices.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Free numbers: the elements of X, or for symmetric ones those on and below the diagonal, the latter times
/// sqrt(2), so that sums of squares are those of X. A ridge of the size of rounding errors makes repeated and
/// dependent measurements harmless.</para>
/// <para>Memory: m N elements for N free numbers, and the square of the smaller; made by m adjoints at construction. Cost
/// of a projection: 4 m N flops and 2 min(m, N)^2.</para>
/// </remarks>
internal sealed class AffineProjection<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBlas<T> _blas;
    private readonly bool _symmetric;
    private readonly int _measurements;
    private readonly int _unknowns;
    private readonly AlignedBuffer<T> _matrix;
    private readonly AlignedBuffer<T> _factor;
    private readonly T[] _vector;
    private readonly T[] _residual;
    private readonly T[] _correction;
    private readonly double _targetScale;

    /// <exception cref="ArgumentException">More elements than a span can hold.</exception>
    public AffineProjection(SensingProblem<T> problem)
    {
        IMeasurementOperator<T> op = problem.Operator;
        _blas = op.Blas;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _measurements = op.MeasurementCount;
        _unknowns = (int)Math.Min(problem.Unknowns, Array.MaxLength);
        int small = Math.Min(_measurements, _unknowns);
        long elements = (long)_measurements * _unknowns;
        if (elements > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A projection to the solutions of {_measurements} measurements of {problem.Unknowns} unknowns needs {elements} elements in one piece; at most {Array.MaxLength} are possible.",
                nameof(problem));
        }

        _matrix = new AlignedBuffer<T>((nint)elements);
        _factor = new AlignedBuffer<T>(Scratch<T>.LengthOf(small, small));
        _vector = new T[_unknowns];
        _residual = new T[_measurements];
        _correction = new T[_unknowns];
        IsometricUnits units = new(InverseSquare.Of(op.ScaleFor(problem.Structure)));
        _targetScale = Math.Sqrt(units.Rest);
        Gather(op, units);
        Status = FactorGram(small);
    }

    /// <summary>Running, or Breakdown where all A_i are zero or some not finite: then there is no projection.</summary>
    public SolveStatus Status { get; }

    private MatrixSpan<T> Matrix => _matrix.Matrix(_measurements, _unknowns);

    private bool IsWide => _measurements <= _unknowns;

    /// <summary>Projects.</summary>
    /// <param name="v">V in isometric units; overwritten by its projection.</param>
    /// <param name="measurements">y, in the units of the workspace that V comes from.</param>
    public void Apply(MatrixSpan<T> v, ReadOnlySpan<T> measurements)
    {
        ToVector(v, _vector);
        measurements.CopyTo(_residual);
        _blas.Gemv(T.One, Matrix, _vector, -T.CreateTruncating(_targetScale), _residual);
        Span<T> solution = IsWide ? _residual : _correction;
        if (!IsWide)
        {
            _blas.Gemv(T.One, Matrix.AsReadOnly().Transpose(), _residual, T.Zero, _correction);
        }

        int small = solution.Length;
        _blas.Potrs(_factor.Matrix(small, small), new MatrixSpan<T>(solution, small, 1));
        if (IsWide)
        {
            _blas.Gemv(T.One, Matrix.AsReadOnly().Transpose(), _residual, T.Zero, _correction);
        }

        Level1.Axpy<T>(-T.One, _correction, _vector);
        FromVector(_vector, v);
    }

    public void Dispose()
    {
        _matrix.Dispose();
        _factor.Dispose();
    }

    /// <summary>Row i &#8592; the free numbers of A_i / s: what an adjoint of the unit vector i gives.</summary>
    private void Gather(IMeasurementOperator<T> op, IsometricUnits units)
    {
        using AlignedBuffer<T> memory = new(Scratch<T>.LengthOf(op.Rows, op.Columns));
        using AlignedBuffer<T> scratch = new(op.ScratchLength(1));
        MatrixSpan<T> one = memory.Matrix(op.Rows, op.Columns);
        T[] unit = new T[_measurements];
        for (int i = 0; i < _measurements; i++)
        {
            unit[i] = T.One;
            op.Adjoint(unit, one, scratch.Span);
            unit[i] = T.Zero;
            if (_symmetric)
            {
                SymmetricPart.Take(one);
            }

            ToVector(one, Matrix.Row(i));
            PowerOfTwo.Scale(Matrix.Row(i), units.Exponent);
            Level1.Scal(T.CreateTruncating(_targetScale), Matrix.Row(i));
        }
    }

    private SolveStatus FactorGram(int small)
    {
        MatrixSpan<T> gram = _factor.Matrix(small, small);
        _blas.Syrk(T.One, IsWide ? Matrix : Matrix.AsReadOnly().Transpose(), T.Zero, gram);
        T largest = T.Zero;
        for (int i = 0; i < small; i++)
        {
            largest = T.Max(largest, gram[i, i]);
        }

        T ridge = largest * (T.BitIncrement(T.One) - T.One) * T.CreateTruncating(small);
        for (int i = 0; i < small; i++)
        {
            gram[i, i] += ridge;
        }

        return _blas.Potrf(gram) == 0 ? SolveStatus.Running : SolveStatus.Breakdown;
    }

    private void ToVector(ReadOnlyMatrixSpan<T> matrix, Span<T> vector)
    {
        T root = T.Sqrt(T.CreateTruncating(2));
        int next = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            int end = _symmetric ? i + 1 : matrix.Columns;
            for (int j = 0; j < end; j++)
            {
                vector[next++] = _symmetric && j < i ? root * matrix[i, j] : matrix[i, j];
            }
        }
    }

    private void FromVector(ReadOnlySpan<T> vector, MatrixSpan<T> matrix)
    {
        T root = T.Sqrt(T.CreateTruncating(2));
        int next = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            int end = _symmetric ? i + 1 : matrix.Columns;
            for (int j = 0; j < end; j++)
            {
                T value = vector[next++];
                matrix[i, j] = _symmetric && j < i ? value / root : value;
                if (_symmetric)
                {
                    matrix[j, i] = matrix[i, j];
                }
            }
        }
    }
}
