using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// Splits the factors of every iterate by a known X* = U S V^T of rank r: with Z = [L; R] / 2^(1/2), W = [U; V] / 2^(1/2) and
/// the right singular vectors Q of W^T Z, the signal W^T Z Q, the nuisance (I - W W^T) Z Q, and the over-parameterisation
/// Z (I - Q Q^T), which the signal does not touch. From them the phase of the run.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>At X* with balanced factors the signal has the singular values sigma_i^(1/2) of the factors and the rest is zero.
/// For X = U U^T pass iterates as they come: both factors are the same view.</para>
/// <para>Cost: O((n1 + n2) k^2) an iterate, outside the timed step, in double precision. Allocation: at construction only.</para>
/// <para>Reference: Stoger, Soltanolkotabi, NeurIPS 2021 and COLT 2023 (arXiv 2303.14244) for the phases and the stacked
/// factors; Xu, Shen, Chi, Ma, ICML 2023 (arXiv 2302.01186) for the three parts.</para>
/// </remarks>
public sealed class SignalObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Tangent of the largest angle between the signal columns and the singular spaces of X* at which they count as aligned.</summary>
    private const double AlignedBelow = 0.5;

    /// <summary>Share of sigma_r that the smallest squared signal value has when the growth is over.</summary>
    private const double GrownAbove = 0.5;

    private readonly double[] _basis;
    private readonly double[] _stacked;
    private readonly double[] _rotated;
    private readonly double[] _cross;
    private readonly double[] _rotations;
    private readonly double[] _values;
    private readonly double[] _parts;
    private readonly int _rank;
    private readonly int _length;
    private readonly int _width;
    private readonly double _smallest;

    /// <summary>Decomposes X*.</summary>
    /// <param name="truth">X*, n1 x n2.</param>
    /// <param name="rank">r, at most its rank.</param>
    /// <param name="width">Width k of the factors.</param>
    public SignalObserver(ReadOnlyMatrixSpan<T> truth, int rank, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (rank < 1 || rank > Math.Min(truth.Rows, truth.Columns))
        {
            throw new ArgumentOutOfRangeException(nameof(rank), $"The rank is {rank}; a {truth.Rows} x {truth.Columns} matrix can have 1 to {Math.Min(truth.Rows, truth.Columns)}.");
        }

        (_rank, _width, _length) = (rank, width, truth.Rows + truth.Columns);
        _basis = new double[rank * _length];
        _smallest = Decompose(truth);
        if (!(_smallest > 0))
        {
            throw new ArgumentException($"The truth has a rank below {rank}.", nameof(rank));
        }

        _stacked = new double[width * _length];
        _rotated = new double[width * _length];
        _cross = new double[width * rank];
        _rotations = new double[width * width];
        _values = new double[width];
        _parts = new double[width];
    }

    /// <summary>sigma_min(W^T Z): the smallest of the r signal values, sigma_r^(1/2) at X*; 0 with fewer columns than r.</summary>
    public double Signal { get; private set; } = double.NaN;

    /// <summary>||(I - W W^T) Z Q||_2.</summary>
    public double Nuisance { get; private set; } = double.NaN;

    /// <summary>Tangent of the largest angle between the signal columns Z Q and the singular spaces of X*.</summary>
    public double Misalignment { get; private set; } = double.NaN;

    /// <summary>||Z (I - Q Q^T)||_2: what the columns beyond the rank hold.</summary>
    public double OverParameterisation { get; private set; } = double.NaN;

    /// <summary>The phase of the last iterate seen.</summary>
    public RunPhase Phase => GrownAt is not null ? RunPhase.Refinement : AlignedAt is not null ? RunPhase.Growth : RunPhase.Alignment;

    /// <summary>The first iteration with a Misalignment of at most 1/2: the border of alignment and growth.</summary>
    public int? AlignedAt { get; private set; }

    /// <summary>The first iteration from there on with Signal^2 of at least sigma_r / 2: the border of growth and refinement.</summary>
    public int? GrownAt { get; private set; }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        Stack(info.Left, info.Right);
        MatrixSpan<double> cross = new(_cross, _width, _rank);
        MatrixSpan<double> rotations = new(_rotations, _width, _width);
        Multiply(_basis, _rank, _stacked, _width, _cross);
        JacobiSvd.Decompose(cross, _values, rotations);
        Rotate();
        int signals = Math.Min(_rank, _width);
        Signal = _width < _rank ? 0 : _values[_rank - 1];
        TakeSignalAway(cross, signals);
        Nuisance = LargestSingularValue(0, signals);
        OverParameterisation = LargestSingularValue(signals, _width - signals);
        Misalignment = Tangent(signals);
        Judge(info.Progress.Iteration);
        return ObserverVerdict.Continue;
    }

    /// <summary>Basis row i &#8592; [u_i; v_i] / 2^(1/2); returns sigma_r.</summary>
    private double Decompose(ReadOnlyMatrixSpan<T> truth)
    {
        (int rows, int columns) = (truth.Rows, truth.Columns);
        double[] vectors = new double[columns * rows];
        double[] right = new double[columns * columns];
        double[] values = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                vectors[(j * rows) + i] = double.CreateTruncating(truth[i, j]);
            }
        }

        JacobiSvd.Decompose(new MatrixSpan<double>(vectors, columns, rows), values, new MatrixSpan<double>(right, columns, columns));
        for (int c = 0; c < _rank; c++)
        {
            for (int i = 0; i < _length; i++)
            {
                double value = i < rows ? vectors[(c * rows) + i] : right[(c * columns) + i - rows];
                _basis[(c * _length) + i] = value * Math.Sqrt(0.5);
            }
        }

        return values[_rank - 1] > 1e-12 * values[0] ? values[_rank - 1] : 0;
    }

    private void Stack(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        for (int j = 0; j < _width; j++)
        {
            for (int i = 0; i < _length; i++)
            {
                T value = i < left.Rows ? left[i, j] : right[i - left.Rows, j];
                _stacked[(j * _length) + i] = double.CreateTruncating(value) * Math.Sqrt(0.5);
            }
        }
    }

    /// <summary>Row j of product &#8592; the products of row j of b with the rows of a.</summary>
    private void Multiply(double[] a, int aRows, double[] b, int bRows, double[] product)
    {
        for (int j = 0; j < bRows; j++)
        {
            for (int i = 0; i < aRows; i++)
            {
                double sum = 0;
                for (int p = 0; p < _length; p++)
                {
                    sum += a[(i * _length) + p] * b[(j * _length) + p];
                }

                product[(j * aRows) + i] = sum;
            }
        }
    }

    /// <summary>Rotated row i &#8592; Z z_i: first the signal columns Z Q, then those that the signal does not touch.</summary>
    private void Rotate()
    {
        Array.Clear(_rotated);
        for (int i = 0; i < _width; i++)
        {
            for (int j = 0; j < _width; j++)
            {
                double weight = _rotations[(i * _width) + j];
                for (int p = 0; p < _length; p++)
                {
                    _rotated[(i * _length) + p] += weight * _stacked[(j * _length) + p];
                }
            }
        }
    }

    /// <summary>Z q_i &#8592; Z q_i - W (W^T Z q_i), where W^T Z q_i = value_i times row i of cross.</summary>
    private void TakeSignalAway(MatrixSpan<double> cross, int signals)
    {
        for (int i = 0; i < signals; i++)
        {
            for (int c = 0; c < _rank; c++)
            {
                double weight = _values[i] * cross[i, c];
                for (int p = 0; p < _length; p++)
                {
                    _rotated[(i * _length) + p] -= weight * _basis[(c * _length) + p];
                }
            }
        }
    }

    private double Tangent(int signals)
    {
        if (!(Signal > 0))
        {
            return double.PositiveInfinity;
        }

        for (int i = 0; i < signals; i++)
        {
            RowOperations.Divide(_rotated.AsSpan(i * _length, _length), _values[i]);
        }

        return LargestSingularValue(0, signals);
    }

    /// <summary>Of the given rows of rotated, which are left as they are.</summary>
    private double LargestSingularValue(int first, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        _rotated.AsSpan(first * _length, count * _length).CopyTo(_stacked);
        JacobiSvd.Decompose(
            new MatrixSpan<double>(_stacked, count, _length), _parts.AsSpan(0, count), new MatrixSpan<double>(_rotations, count, count));
        return _parts[0];
    }

    private void Judge(int iteration)
    {
        AlignedAt = iteration == 0 ? null : AlignedAt;
        GrownAt = iteration == 0 ? null : GrownAt;
        AlignedAt ??= Misalignment <= AlignedBelow ? iteration : null;
        GrownAt ??= AlignedAt is not null && Signal * Signal >= GrownAbove * _smallest ? iteration : null;
    }
}
