using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Sampling;

namespace FastSensing.Problems;

/// <summary>
/// A problem whose solution is known: X* = U diag(sigma) V^T with orthonormal U and V and sigma falling evenly from 1 to
/// 1 / ConditionNumber, measured by a given operator, with or without noise.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// X* and the noise are made in double by + - * / and square root alone, then rounded to T: the same for a seed on every
/// platform. For a symmetric problem V = U, so X* is positive semidefinite.
/// </remarks>
public sealed class PlantedProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly T[] _truth;
    private readonly int _rank;

    private PlantedProblem(IMeasurementOperator<T> op, PlantedOptions options)
    {
        _rank = options.Rank;
        NormalGenerator generator = new(options.Seed);
        double[][] left = OrthonormalFactor.Columns(op.Rows, _rank, generator.Stream(0));
        double[][] right = options.Structure == MatrixStructure.Symmetric
            ? left
            : OrthonormalFactor.Columns(op.Columns, _rank, generator.Stream(1));
        double[] singularValues = SingularValues(_rank, options.ConditionNumber);
        _left = Factor(left, singularValues);
        _right = Factor(right, singularValues);
        _truth = Product(left, singularValues, right);
        T[] y = Measure(op, Truth, options.NoiseStandardDeviation, options.Seed);
        Problem = new SensingProblem<T>(op, y, options.Structure);
    }

    /// <summary>The operator, the measurements and the structure; the rank is not given away.</summary>
    public SensingProblem<T> Problem { get; }

    /// <summary>X*, n1 x n2, of spectral norm 1.</summary>
    public ReadOnlyMatrixSpan<T> Truth => new(_truth, _left.Length / _rank, _right.Length / _rank);

    /// <summary>L* = U diag(sigma)^(1/2), n1 x r.</summary>
    public ReadOnlyMatrixSpan<T> TruthFactorLeft => new(_left, _left.Length / _rank, _rank);

    /// <summary>R* = V diag(sigma)^(1/2), n2 x r.</summary>
    public ReadOnlyMatrixSpan<T> TruthFactorRight => new(_right, _right.Length / _rank, _rank);

    /// <summary>Plants a matrix and measures it.</summary>
    /// <param name="op">The measurement operator.</param>
    /// <param name="options">Rank, condition number, noise, seed, structure.</param>
    /// <exception cref="ArgumentException">A rank outside 1..min(n1, n2), a condition number below 1, negative noise, or a symmetric matrix for an operator that is not square.</exception>
    public static PlantedProblem<T> Create(IMeasurementOperator<T> op, PlantedOptions options)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Rank < 1 || options.Rank > Math.Min(op.Rows, op.Columns))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"The rank is {options.Rank}; a {op.Rows} x {op.Columns} matrix can have 1 to {Math.Min(op.Rows, op.Columns)}.");
        }

        if (!(options.ConditionNumber >= 1.0) || !double.IsFinite(options.ConditionNumber))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"The condition number is {options.ConditionNumber}; it must be finite and at least 1.");
        }

        RequireNoise(options.NoiseStandardDeviation, nameof(options));
        OperatorShapes.RequireStorable(op.Rows, op.Columns);
        if (options.Structure == MatrixStructure.Symmetric && op.Rows != op.Columns)
        {
            throw new ArgumentException($"A symmetric X* must be square; the operator is for {op.Rows} x {op.Columns}.", nameof(options));
        }

        return new PlantedProblem<T>(op, options);
    }

    /// <summary>y = A(X) + noise for a matrix that is given by its elements.</summary>
    /// <param name="op">The measurement operator.</param>
    /// <param name="truth">X, n1 x n2.</param>
    /// <param name="noiseStandardDeviation">Standard deviation of the Gaussian noise on each measurement, >= 0.</param>
    /// <param name="seed">Fixes the noise, as in <see cref="PlantedOptions.Seed"/>.</param>
    /// <remarks>Allocates, as the extension of the operator of the same name does.</remarks>
    public static T[] Measure(IMeasurementOperator<T> op, ReadOnlyMatrixSpan<T> truth, double noiseStandardDeviation = 0, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(op);
        RequireNoise(noiseStandardDeviation, nameof(noiseStandardDeviation));
        T[] y = op.Measure(truth);
        AddNoise(y, noiseStandardDeviation, new NormalGenerator(seed).Stream(2));
        return y;
    }

    private static void RequireNoise(double standardDeviation, string name)
    {
        if (!(standardDeviation >= 0.0) || !double.IsFinite(standardDeviation))
        {
            throw new ArgumentOutOfRangeException(
                name, $"The standard deviation of the noise is {standardDeviation}; it must be finite and at least 0.");
        }
    }

    private static double[] SingularValues(int rank, double conditionNumber)
    {
        double[] values = new double[rank];
        double last = 1.0 / conditionNumber;
        for (int c = 0; c < rank; c++)
        {
            values[c] = rank == 1 ? 1.0 : 1.0 - ((1.0 - last) * c / (rank - 1));
        }

        return values;
    }

    private static T[] Factor(double[][] columns, double[] singularValues)
    {
        int n = columns[0].Length;
        T[] factor = new T[n * columns.Length];
        for (int i = 0; i < n; i++)
        {
            for (int c = 0; c < columns.Length; c++)
            {
                factor[(i * columns.Length) + c] = T.CreateTruncating(columns[c][i] * Math.Sqrt(singularValues[c]));
            }
        }

        return factor;
    }

    private static T[] Product(double[][] left, double[] singularValues, double[][] right)
    {
        int rows = left[0].Length;
        int columns = right[0].Length;
        T[] x = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = 0.0;
                for (int c = 0; c < singularValues.Length; c++)
                {
                    // The two outer factors first: for V = U the sum is symmetric to the last bit.
                    sum += left[c][i] * right[c][j] * singularValues[c];
                }

                x[(i * columns) + j] = T.CreateTruncating(sum);
            }
        }

        return x;
    }

    private static void AddNoise(T[] y, double standardDeviation, NormalGenerator generator)
    {
        if (standardDeviation == 0.0)
        {
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] += T.CreateTruncating(standardDeviation * generator.Normal((ulong)i));
        }
    }
}
