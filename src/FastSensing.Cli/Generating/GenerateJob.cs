using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Cli.Output;
using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Cli.Generating;

/// <summary>One problem with a known truth, written in the form that `solve` reads.</summary>
internal sealed class GenerateJob<T>(GenerateRequest request, ToolConsole console)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MeasurementsPerFreedom = 5;

    public ExitCode Run(CancellationToken cancellation)
    {
        if (request.Truth is string measured && Files.AreSame(measured, request.Output))
        {
            throw new ToolException(ExitCode.Usage, $"PROBLEM and --truth are the same file, {measured}: one would replace the other.");
        }

        NpyArray<T>? given = request.Truth is string path ? Files.Read(path, ReadTruth) : null;
        (int rows, int columns) = given is null ? (request.Rows, request.Columns) : (given.Shape[0], given.Shape[1]);
        int count = MeasurementCount(rows, columns, given is not null);
        RequireRoom(rows, columns, count);
        using NpzWriter writer = Files.Create(request.Output, name => new NpzWriter(name));
        Measure(writer, given, (rows, columns, count), cancellation);
        Files.Write(request.Output, writer.Commit);
        long unknowns = request.Structure.Unknowns(rows, columns);
        console.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Output}: m = {count:N0} {(request.Kind == MeasurementKind.Gaussian ? "Gaussian measurements" : "entries")} of a {rows} x {columns} matrix: {unknowns:N0} unknowns ({(double)count / unknowns:P0}){Freedom(rows, columns, given is not null)}"));
        console.Say($"Solve it: fastsensing solve {request.Output}{(request.Structure == MatrixStructure.Symmetric ? " --symmetric" : string.Empty)}");
        return ExitCode.Success;
    }

    private void Measure(NpzWriter writer, NpyArray<T>? given, (int Rows, int Columns, int Count) size, CancellationToken cancellation)
    {
        try
        {
            if (request.Kind == MeasurementKind.Gaussian)
            {
                MeasureMixtures(writer, given, size, cancellation);
            }
            else
            {
                MeasureEntries(writer, given, size);
            }
        }
        catch (ArgumentException refused)
        {
            throw new ToolException(ExitCode.Usage, Files.WithoutParameter(refused), refused);
        }
    }

    private NpyArray<T> ReadTruth(string path)
    {
        NpyArray<T> truth = NpyFile.Read<T>(path);
        if (truth.Shape.Length != 2 || truth.Shape.Contains(0))
        {
            throw truth.Refuse($"its shape is {truth.ShapeText}; a matrix of shape (n1, n2) is needed");
        }

        if (request.Structure == MatrixStructure.Symmetric && truth.Shape[0] != truth.Shape[1])
        {
            throw truth.Refuse($"its shape is {truth.ShapeText}; --symmetric needs (n, n)");
        }

        foreach (T value in truth.Elements.Span)
        {
            if (!T.IsFinite(value))
            {
                throw truth.Refuse("it holds a NaN or an infinity");
            }
        }

        return truth;
    }

    private string Freedom(int rows, int columns, bool given) =>
        given ? string.Empty : $", {Figures.Count(request.Structure.DegreesOfFreedom(rows, columns, request.Rank))} degrees of freedom at rank {request.Rank}";

    private int MeasurementCount(int rows, int columns, bool given)
    {
        if (request.Rank > Math.Min(rows, columns) && !given)
        {
            throw new ToolException(ExitCode.Usage, $"--rank is {request.Rank}; a {rows} x {columns} matrix has at most rank {Math.Min(rows, columns)}.");
        }

        if (request.Structure == MatrixStructure.Symmetric && rows != columns)
        {
            throw new ToolException(ExitCode.Usage, $"--symmetric needs a square matrix; --rows is {rows} and --columns is {columns}.");
        }

        long unknowns = request.Structure.Unknowns(rows, columns);
        if (request.Measurements > 0)
        {
            return request.Measurements;
        }

        long wanted = given ? (unknowns + 1) / 2 : Math.Min(MeasurementsPerFreedom * request.Structure.DegreesOfFreedom(rows, columns, request.Rank), unknowns);
        return (int)Math.Min(wanted, int.MaxValue);
    }

    /// <summary>Sizes that no array, or not the memory of this machine, can hold are refused before the work begins.</summary>
    private void RequireRoom(int rows, int columns, int count)
    {
        long unknowns = (long)rows * columns;
        if (unknowns > Array.MaxLength)
        {
            throw new ToolException(
                ExitCode.Usage,
                string.Create(CultureInfo.InvariantCulture, $"--rows {rows} and --columns {columns}: the matrix would have {unknowns:N0} elements; the most that can be generated are {Array.MaxLength:N0}."));
        }

        // The measurement matrices, the truth twice, and a unit matrix to measure it through.
        double elements = ((request.Kind == MeasurementKind.Gaussian ? (double)count : 0) * unknowns) + (2.0 * unknowns) + ((double)columns * columns);
        double bytes = elements * Unsafe.SizeOf<T>();
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new ToolException(
                ExitCode.InputRefused,
                string.Create(CultureInfo.InvariantCulture, $"{count:N0} measurements of a {rows} x {columns} matrix take about {bytes / (1 << 30):N0} GiB of memory; there are {available / (1 << 30):N0}."));
        }
    }

    private void MeasureMixtures(NpzWriter writer, NpyArray<T>? given, (int Rows, int Columns, int Count) size, CancellationToken cancellation)
    {
        using DenseOperator<T> op = DenseOperator<T>.Gaussian(new ManagedBlas<T>(), size.Rows, size.Columns, size.Count, request.Seed);
        (ReadOnlyMemory<T> y, ReadOnlyMemory<T> truth) = Measure(op, given);
        Files.Write(request.Output, () =>
        {
            using (NpyWriter<T> a = writer.Begin<T>("A", size.Count, size.Rows, size.Columns))
            {
                T[] matrix = new T[size.Rows * size.Columns];
                for (int i = 0; i < size.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    op.CopyMeasurement(i, matrix);
                    a.Write(matrix);
                }

                a.Complete();
            }

            writer.Add("y", y.Span, size.Count);
            writer.Add("M", truth.Span, size.Rows, size.Columns);
        });
    }

    private void MeasureEntries(NpzWriter writer, NpyArray<T>? given, (int Rows, int Columns, int Count) size)
    {
        EntrySamples samples = EntrySamples.Uniform(size.Rows, size.Columns, size.Count, request.Structure, request.Seed);
        EntrySamplingOperator<T> op = new(new ManagedBlas<T>(), size.Rows, size.Columns, samples.Rows, samples.Columns);
        (ReadOnlyMemory<T> values, ReadOnlyMemory<T> truth) = Measure(op, given);
        Files.Write(request.Output, () =>
        {
            writer.Add("rows", samples.Rows, size.Count);
            writer.Add("columns", samples.Columns, size.Count);
            writer.Add("values", values.Span, size.Count);
            writer.Add<int>("shape", [size.Rows, size.Columns], 2);
            writer.Add("M", truth.Span, size.Rows, size.Columns);
        });
    }

    private (ReadOnlyMemory<T> Measurements, ReadOnlyMemory<T> Truth) Measure(IMeasurementOperator<T> op, NpyArray<T>? given)
    {
        if (given is not null)
        {
            ReadOnlyMatrixSpan<T> matrix = new(given.Elements.Span, op.Rows, op.Columns);
            return (PlantedProblem<T>.Measure(op, matrix, request.Noise, request.Seed), given.Elements);
        }

        PlantedProblem<T> planted = PlantedProblem<T>.Create(op, new PlantedOptions
        {
            Rank = request.Rank,
            ConditionNumber = request.ConditionNumber,
            NoiseStandardDeviation = request.Noise,
            Seed = request.Seed,
            Structure = request.Structure,
        });
        T[] truth = new T[op.Rows * op.Columns];
        planted.Truth.CopyTo(new MatrixSpan<T>(truth, op.Rows, op.Columns));
        return (planted.Problem.Measurements, truth);
    }
}
