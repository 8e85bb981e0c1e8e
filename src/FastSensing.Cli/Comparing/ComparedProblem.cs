using System.Numerics;
using FastSensing.Cli.Generating;
using FastSensing.Cli.Output;
using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Cli.Comparing;

/// <summary>The problems that methods are compared on: the one of a file, or planted ones, each of its own seed.</summary>
internal sealed class ComparedProblem<T>(CompareRequest request, IBlas<T> blas) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long DefaultOversampling = 6;

    private StoredProblem<T>? _stored;

    /// <summary>The problem of a seed; valid until the next call. A file has but one.</summary>
    public StoredProblem<T> Open(ulong seed, CancellationToken cancellation)
    {
        if (request.Problem is string path)
        {
            return _stored ??= Files.Read(path, name => ProblemFile.Read(name, blas, request.Structure, request.Rank, cancellation));
        }

        _stored?.Dispose();
        try
        {
            return _stored = Plant(seed);
        }
        catch (ArgumentException refused)
        {
            throw new ToolException(ExitCode.Usage, Files.WithoutParameter(refused), refused);
        }
    }

    public void Dispose() => _stored?.Dispose();

    private StoredProblem<T> Plant(ulong seed)
    {
        IMeasurementOperator<T> op = Measure(seed);
        PlantedProblem<T> planted = PlantedProblem<T>.Create(op, new PlantedOptions
        {
            Rank = request.Rank!.Value,
            ConditionNumber = request.ConditionNumber,
            NoiseStandardDeviation = request.Noise,
            Seed = seed,
            Structure = request.Structure,
        });
        T[] truth = new T[op.Rows * op.Columns];
        planted.Truth.CopyTo(new MatrixSpan<T>(truth, op.Rows, op.Columns));
        return new StoredProblem<T>(new SensingProblem<T>(op, planted.Problem.Measurements, request.Structure, request.Rank), truth);
    }

    private IMeasurementOperator<T> Measure(ulong seed)
    {
        (int rows, int columns, MatrixStructure structure) = (request.Rows, request.Columns, request.Structure);
        if (structure == MatrixStructure.Symmetric && rows != columns)
        {
            throw new ToolException(ExitCode.Usage, $"--symmetric needs a square matrix; --rows is {rows} and --columns is {columns}.");
        }

        long wanted = Math.Min(DefaultOversampling * structure.DegreesOfFreedom(rows, columns, request.Rank!.Value), structure.Unknowns(rows, columns));
        int count = request.Measurements > 0 ? request.Measurements : (int)Math.Min(wanted, int.MaxValue);
        if (request.Kind == MeasurementKind.Gaussian)
        {
            return DenseOperator<T>.Gaussian(blas, rows, columns, count, seed);
        }

        EntrySamples samples = EntrySamples.Uniform(rows, columns, count, structure, seed);
        return new EntrySamplingOperator<T>(blas, rows, columns, samples.Rows, samples.Columns);
    }
}
