using System.Numerics;
using System.Text;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;

namespace FastSensing.IO;

/// <summary>
/// The state of a run in an npz file: a run of 40 steps, and one of 20 steps, a checkpoint and 20 steps of a fresh
/// instance with the same options, end with the same bits.
/// </summary>
/// <remarks>
/// The file appears complete or not at all (<see cref="AtomicFile"/>) and carries checksums. A is not stored; a few of its
/// measurements of a fixed matrix are, so that another A is noticed.
/// </remarks>
public static class CheckpointFile
{
    private const long Version = 1;
    private const string ArrayPrefix = "state.";
    private const string NumberPrefix = "number.";
    private const int Probes = 4;

    /// <summary>Writes the state of a method that has an iterate.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The npz file to be written or replaced.</param>
    /// <param name="method">The method; it does not change.</param>
    /// <exception cref="IOException">The path cannot be written; see <see cref="AtomicFile"/>.</exception>
    public static void Write<T>(string path, IIterativeMethod<T> method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MethodState<T> state = MethodState<T>.Of(method);
        using NpzWriter writer = new(path);
        writer.Add<long>("checkpoint", Header(method.Problem), 5);
        writer.Add<byte>("method", Encoding.UTF8.GetBytes(state.Method), Encoding.UTF8.GetByteCount(state.Method));
        writer.Add<double>("probe", Probe(method.Problem.Operator), Probes + 1);
        foreach ((string name, T[] elements) in state.Arrays)
        {
            writer.Add<T>(ArrayPrefix + name, elements, elements.Length);
        }

        foreach ((string name, double value) in state.Numbers)
        {
            writer.Add<double>(NumberPrefix + name, [value]);
        }

        writer.Commit();
    }

    /// <summary>Restores a method to the state in a file; a run then goes on from there.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The npz file.</param>
    /// <param name="method">For the same problem, with the same options.</param>
    /// <exception cref="InvalidDataException">Damaged, no checkpoint, or that of another method, problem, width or precision; nothing was changed.</exception>
    public static void Read<T>(string path, IIterativeMethod<T> method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(method);
        using NpzFile file = NpzFile.Open(path);
        RequireProblem(file, path, method.Problem);
        MethodState<T> state = new(Encoding.UTF8.GetString(file.Read<byte>("method").Elements.Span));
        foreach (string name in file.Names)
        {
            if (name.StartsWith(ArrayPrefix, StringComparison.Ordinal))
            {
                state.Arrays.Add(name[ArrayPrefix.Length..], Elements<T>(file, path, name));
            }
            else if (name.StartsWith(NumberPrefix, StringComparison.Ordinal))
            {
                NpyArray<double> number = file.Read<double>(name);
                state.Numbers.Add(
                    name[NumberPrefix.Length..], number.Elements.Length == 1 ? number.Elements.Span[0] : throw number.Refuse("it should be one number"));
            }
        }

        try
        {
            state.Restore(method);
        }
        catch (ArgumentException refused)
        {
            throw new InvalidDataException($"{path}: {refused.Message}", refused);
        }
    }

    private static T[] Elements<T>(NpzFile file, string path, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NpyArray<T> array = file.Read<T>(name);
        return array.StoredType == DTypes.Of<T>()
            ? array.Elements.ToArray()
            : throw new InvalidDataException(
                $"{path}: the checkpoint is of a run in {DTypes.NameOf(array.StoredType)}, this one computes in {DTypes.NameOf(DTypes.Of<T>())}.");
    }

    private static void RequireProblem<T>(NpzFile file, string path, SensingProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!file.Contains("checkpoint"))
        {
            throw new InvalidDataException($"{path}: it is no checkpoint: there is no array checkpoint.");
        }

        NpyArray<long> header = file.Read<long>("checkpoint");
        ReadOnlySpan<long> stored = header.Elements.Span;
        if (stored.Length != 5 || stored[0] != Version)
        {
            throw header.Refuse($"its format is not version {Version}");
        }

        if (!stored.SequenceEqual(Header(problem)))
        {
            IMeasurementOperator<T> op = problem.Operator;
            throw new InvalidDataException(
                $"{path}: the checkpoint is of {stored[3]} measurements of a {(MatrixStructure)stored[4]} {stored[1]} x {stored[2]} matrix, the problem of {op.MeasurementCount} of a {problem.Structure} {op.Rows} x {op.Columns} one.");
        }

        NpyArray<double> probe = file.Read<double>("probe");
        double[] expected = Probe(problem.Operator);
        double tolerance = Math.Sqrt(double.CreateTruncating(T.BitIncrement(T.One) - T.One)) * expected[^1];
        bool same = probe.Elements.Length == expected.Length;
        for (int i = 0; same && i < expected.Length; i++)
        {
            same = Math.Abs(probe.Elements.Span[i] - expected[i]) <= tolerance;
        }

        if (!same)
        {
            throw new InvalidDataException($"{path}: the checkpoint is of another measurement operator A of the same sizes.");
        }
    }

    private static long[] Header<T>(SensingProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [Version, problem.Operator.Rows, problem.Operator.Columns, problem.Operator.MeasurementCount, (long)problem.Structure];

    /// <summary>sum_i cos(k i) A(u v^T)_i for k = 0..3 with u_i = cos(i), v_j = cos(2 j + 1), and sum_i |A(u v^T)_i|.</summary>
    private static double[] Probe<T>(IMeasurementOperator<T> op)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] left = new T[op.Rows];
        T[] right = new T[op.Columns];
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = T.CreateTruncating(Math.Cos(i));
        }

        for (int j = 0; j < right.Length; j++)
        {
            right[j] = T.CreateTruncating(Math.Cos((2.0 * j) + 1));
        }

        T[] y = new T[op.MeasurementCount];
        op.Forward(new FactorPair<T>(new(left, op.Rows, 1), new(right, op.Columns, 1)), y, new T[op.ScratchLength(1)]);
        double[] sums = new double[Probes + 1];
        for (int i = 0; i < y.Length; i++)
        {
            double value = double.CreateTruncating(y[i]);
            for (int k = 0; k < Probes; k++)
            {
                sums[k] += Math.Cos((double)k * i) * value;
            }

            sums[^1] += Math.Abs(value);
        }

        return sums;
    }
}
