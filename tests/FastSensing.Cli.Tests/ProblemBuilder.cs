using FastSensing.IO;

namespace FastSensing.Cli.Tests;

/// <summary>Small problem files, whole and broken.</summary>
internal static class ProblemBuilder
{
    /// <summary>Any arrays under any names.</summary>
    public static string Write(string path, Action<NpzWriter> fill)
    {
        using NpzWriter writer = new(path);
        fill(writer);
        writer.Commit();
        return path;
    }

    public static double[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => Math.Sin(i * i))];

    /// <summary>Four measurements of a 3 x 2 matrix.</summary>
    public static void AddDense(this NpzWriter writer, params int[] shape)
    {
        int[] chosen = shape.Length == 0 ? [4, 3, 2] : shape;
        writer.Add<double>("A", Numbers(chosen.Aggregate(1, (product, length) => product * length)), chosen);
    }

    /// <summary>Entries of a 3 x 2 matrix.</summary>
    public static void AddEntries(this NpzWriter writer, int[] rows, int[] columns)
    {
        writer.Add<int>("rows", rows, rows.Length);
        writer.Add<int>("columns", columns, columns.Length);
        writer.Add<double>("values", Numbers(rows.Length), rows.Length);
        writer.Add<int>("shape", [3, 2], 2);
    }
}
