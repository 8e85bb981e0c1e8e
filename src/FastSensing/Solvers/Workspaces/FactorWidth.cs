using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.Workspaces;

/// <summary>Which factor width a method takes when none is given, and what is refused.</summary>
internal static class FactorWidth
{
    /// <summary>Largest share of the measurements that the degrees of freedom of the widest default factor may use up.</summary>
    private const double Share = 0.8;

    /// <summary>The given width, else the problem's rank, else <see cref="Bearable"/>.</summary>
    public static int Of<T>(SensingProblem<T> problem, MethodOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Require(options.Width ?? problem.Rank ?? Bearable(problem));

    /// <summary>The given width, else the problem's rank; for methods that must know it.</summary>
    public static int Exact<T>(SensingProblem<T> problem, MethodOptions options, string method)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int smallest = Math.Min(problem.Operator.Rows, problem.Operator.Columns);
        int width = Require(
            options.Width ?? problem.Rank ?? throw new ArgumentException($"{method} needs the rank of X: give the problem a rank or the options a width."));
        return width <= smallest
            ? width
            : throw new ArgumentException(
                $"{method} works at the rank of X, at most min(n1, n2) = {smallest} for {problem.Operator.Rows} x {problem.Operator.Columns}; {width} columns were asked for.",
                nameof(options));
    }

    /// <summary>min(n1, n2), for methods that move X itself; a width that is given is checked all the same.</summary>
    public static int Full<T>(SensingProblem<T> problem, MethodOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(options.Width ?? 1);
        return Math.Min(problem.Operator.Rows, problem.Operator.Columns);
    }

    /// <summary>Spectral, unless the width is above min(n1, n2): then random.</summary>
    public static FactorStart SpectralIfNarrow<T>(SensingProblem<T> problem, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        width <= Math.Min(problem.Operator.Rows, problem.Operator.Columns) ? FactorStart.Spectral : FactorStart.Random;

    /// <summary>The largest width up to min(n1, n2) whose degrees of freedom the measurements can bear; at least 1.</summary>
    public static int Bearable<T>(SensingProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int smallest = Math.Min(problem.Operator.Rows, problem.Operator.Columns);
        int width = 1;
        while (width < smallest && problem.DegreesOfFreedom(width + 1) <= Share * problem.Operator.MeasurementCount)
        {
            width++;
        }

        return width;
    }

    /// <summary>Factors, gradients and their padding to cache lines must be legal array lengths.</summary>
    public static void RequireStorable<T>(IMeasurementOperator<T> op, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long elements = 4L * ((long)op.Rows + op.Columns) * width;
        if (elements > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A factor width of {width} for a {op.Rows} x {op.Columns} matrix needs {elements} elements of memory; at most {Array.MaxLength} are possible.",
                nameof(width));
        }
    }

    private static int Require(int width) =>
        width >= 1 ? width : throw new ArgumentOutOfRangeException(nameof(width), $"The factor width is {width}; it must be at least 1.");
}
