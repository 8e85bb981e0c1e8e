using FastSensing.Solvers.Methods;

namespace FastSensing.Tests.Solvers;

/// <summary>A method on the common benchmark and the iterations that an independent implementation needed, null where it never came so far.</summary>
/// <param name="Label">The method and what sets it apart.</param>
/// <param name="Name">In the catalog.</param>
/// <param name="Options">The reference's numbers.</param>
/// <param name="Well">Iterations at condition number 1, for each of <paramref name="Errors"/>.</param>
/// <param name="Ill">At condition number 100.</param>
internal sealed record BenchmarkRow(string Label, string Name, MethodOptions Options, int?[] Well, int?[] Ill)
{
    /// <summary>Relative errors that iterations are counted to.</summary>
    public double[] Errors { get; init; } = [1e-3, 1e-6, 1e-10];

    /// <summary>Iterations of the reference.</summary>
    public int Limit { get; init; } = 2000;

    /// <summary>Whether it gets to the bottom whatever the condition number.</summary>
    public bool IsFast => Ill[^1] is not null;
}
