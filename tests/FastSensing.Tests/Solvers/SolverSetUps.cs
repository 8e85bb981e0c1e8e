using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Small problems and matrices that the tests of solvers share.</summary>
internal static class SolverSetUps
{
    /// <summary>Rank 2, condition number 2: 9 x 8 from 90 of 72 unknowns' worth, or 8 x 8 symmetric from 60 of 36.</summary>
    public static PlantedProblem<T> Easy<T>(MatrixStructure structure, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool symmetric = structure == MatrixStructure.Symmetric;
        return Gaussian<T>(symmetric ? 8 : 9, 8, symmetric ? 60 : 90, new PlantedOptions
        {
            Rank = 2,
            ConditionNumber = 2,
            Seed = seed,
            Structure = structure,
        });
    }

    /// <summary>The easy problem of a method's structure; where it needs entries, with 32 of the 36, or 64 of 9 x 8, measured.</summary>
    public static PlantedProblem<T> Easy<T>(MethodDescription<T> method, ulong seed = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!method.NeedsEntries)
        {
            return Easy<T>(method.Structure, seed);
        }

        bool symmetric = method.Structure == MatrixStructure.Symmetric;
        return Entries<T>(symmetric ? 8 : 9, 8, symmetric ? 32 : 64, new PlantedOptions
        {
            Rank = 2,
            ConditionNumber = 2,
            Seed = seed,
            Structure = method.Structure,
        });
    }

    public static PlantedProblem<T> Entries<T>(int rows, int columns, int measurements, PlantedOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EntrySamples samples = EntrySamples.Uniform(rows, columns, measurements, options.Structure, options.Seed + 100);
        return PlantedProblem<T>.Create(new EntrySamplingOperator<T>(new ManagedBlas<T>(), rows, columns, samples.Rows, samples.Columns), options);
    }

    public static PlantedProblem<T> Gaussian<T>(int rows, int columns, int measurements, PlantedOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        PlantedProblem<T>.Create(DenseOperator<T>.Gaussian(new ManagedBlas<T>(), rows, columns, measurements, options.Seed + 100), options);

    /// <summary>All elements of X* are measured: the population loss.</summary>
    public static PlantedProblem<double> Population(int size, PlantedOptions options) =>
        PlantedProblem<double>.Create(new IdentityOperator<double>(new ManagedBlas<double>(), size, size), options);

    public static SensingProblem<T> WithRank<T>(this SensingProblem<T> problem, int rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(problem.Operator, problem.Measurements, problem.Structure, rank);

    public static SensingProblem<T> WithMeasurements<T>(this SensingProblem<T> problem, T[] measurements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(problem.Operator, measurements, problem.Structure, problem.Rank);

    /// <summary>The same problem with A and y times c.</summary>
    public static SensingProblem<T> Scaled<T>(this SensingProblem<T> problem, T c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IMeasurementOperator<T> op = problem.Operator;
        T[] unit = new T[op.MeasurementCount];
        T[] scratch = new T[op.ScratchLength(1)];
        DenseOperator<T> scaled = DenseOperator<T>.Fill(op.Blas, op.Rows, op.Columns, op.MeasurementCount, (i, destination) =>
        {
            Array.Clear(unit);
            unit[i] = T.One;
            op.Adjoint(unit, new MatrixSpan<T>(destination, op.Rows, op.Columns), scratch);
            foreach (ref T value in destination)
            {
                value *= c;
            }
        });
        T[] measurements = Array.ConvertAll(problem.Measurements.ToArray(), value => value * c);
        return new SensingProblem<T>(scaled, measurements, problem.Structure, problem.Rank);
    }

    public static T[] Normals<T>(int count, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[count];
        new NormalGenerator(seed).Normals<T>(0, values);
        return values;
    }

    /// <summary>A random orthogonal matrix.</summary>
    public static double[] Orthogonal(int size, ulong seed)
    {
        double[] values = Normals<double>(size * size, seed);
        RowOperations.Orthonormalize(new MatrixSpan<double>(values, size, size));
        return values;
    }

    /// <summary>A B for dense row-major matrices.</summary>
    public static double[] Product(double[] a, int rows, double[] b, int columns)
    {
        int inner = a.Length / rows;
        double[] c = new double[rows * columns];
        new ManagedBlas<double>().Gemm(
            1, new ReadOnlyMatrixSpan<double>(a, rows, inner), new ReadOnlyMatrixSpan<double>(b, inner, columns), 0, new MatrixSpan<double>(c, rows, columns));
        return c;
    }

    public static ReadOnlyMatrixSpan<T> AsMatrix<T>(this T[] values, int rows)
        where T : unmanaged => new(values, rows, values.Length / rows);

    public static T[] Elements<T>(this ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged
    {
        T[] values = new T[matrix.Rows * matrix.Columns];
        matrix.CopyTo(new MatrixSpan<T>(values, matrix.Rows, matrix.Columns));
        return values;
    }

    public static MethodDescription<T> Describe<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => MethodCatalog<T>.All.Single(method => method.Name == name);

    /// <summary>The factors that a method of the catalog has after some iterations.</summary>
    public static T[] FactorsAfter<T>(this SensingProblem<T> problem, string name, int iterations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using IIterativeMethod<T> method = Describe<T>(name).Create(problem, new MethodOptions { Width = 2, InitialScale = 0.1 });
        Solver.Run(method, new StopAfterIterations(iterations));
        return method.Factors();
    }

    /// <summary>Both factors of the current iterate, one behind the other.</summary>
    public static T[] Factors<T>(this IIterativeMethod<T> method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. method.Current.Left.Elements(), .. method.Current.Right.Elements()];

    /// <summary>L R^T of the current iterate.</summary>
    public static double[] Product(this IIterativeMethod<double> method)
    {
        double[] x = new double[method.Current.Left.Rows * method.Current.Right.Rows];
        new ManagedBlas<double>().Gemm(
            1, method.Current.Left, method.Current.Right.Transpose(), 0, new MatrixSpan<double>(x, method.Current.Left.Rows, method.Current.Right.Rows));
        return x;
    }

    public static void AssertSameBits<T>(T[] expected, T[] actual)
        where T : unmanaged =>
        Assert.True(
            MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)),
            $"expected {string.Join(", ", expected.Take(4))}..., got {string.Join(", ", actual.Take(4))}...");

    /// <summary>||actual - expected|| / ||expected|| is at most the bound; NaN fails.</summary>
    public static void AssertClose(double[] expected, double[] actual, double bound)
    {
        double difference = Math.Sqrt(expected.Zip(actual, (x, y) => (x - y) * (x - y)).Sum());
        double norm = Math.Sqrt(expected.Sum(x => x * x));
        Assert.True(difference <= bound * norm, $"relative difference {difference / norm:e2}, bound {bound:e2}");
    }
}
