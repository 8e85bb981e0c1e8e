using FastSensing.Initialization;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;

namespace FastSensing.Tests.Solvers;

/// <summary>A method on the common benchmark and the iterations that an independent implementation needed, null where it never came so far.</summary>
/// <param name="Label">The method and what sets it apart.</param>
/// <param name="Name">In the catalog.</param>
/// <param name="Options">The reference's numbers.</param>
/// <param name="Well">Iterations at condition number 1, for each of <paramref name="Errors"/>.</param>
/// <param name="Ill">At condition number 100.</param>
internal sealed record BenchmarkRow(string Label, string Name, MethodOptions Options, int?[] Well, int?[] Ill)
{
    /// <summary>A random start with entries 0.1 N(0, 1), in units of sigma1 / n1.</summary>
    private static readonly double s_tenth = 0.1 * Math.Sqrt(30);

    public static BenchmarkRow[] All { get; } =
    [
        new("FGD, spectral", "factorized-gradient-descent", new() { Width = 2, StepSize = new AbsoluteStepSize(0.5), Start = FactorStart.Spectral }, [20, 51, 93], [1750, null, null])
        {
            Compressed = ([17, 31, 74, 133], [750, null, null, null]),
        },
        new("ScaledGD", "scaled-gradient-descent", new() { Width = 2, StepSize = 0.5 }, [20, 50, 93], [21, 50, 92])
        {
            Compressed = ([17, 30, 73, 132], [18, 30, 71, 130]),
        },
        new("ScaledGD(lambda), width 3 r", "asymmetric-damped-scaled-gradient-descent", new() { Width = 6, StepSize = 0.3, Damping = 1e-2, InitialScale = s_tenth }, [185, null, null], [181, null, null])
        {
            Limit = 600,
            Compressed = ([198, 596, null, null], [213, 541, null, null]),
        },
        new("FGD, width 3 r, small start", "factorized-gradient-descent", new() { Width = 6, StepSize = new AbsoluteStepSize(0.4), InitialScale = 1e-3 * s_tenth }, [60, null, null], [1845, null, null])
        {
            Compressed = ([47, null, null, null], [758, null, null, null]),
        },
        new("AltScaledGD", "approximated-gauss-newton", new() { Width = 2, StepSize = 0.5, InitialScale = s_tenth }, [25, 54, 94], [25, 53, 94])
        {
            Compressed = ([23, 36, 74, 129], [21, 30, 67, 120]),
        },
        new("AGN, width 3 r", "approximated-gauss-newton", new() { Width = 6, StepSize = 0.5, InitialScale = s_tenth }, [54, 141, 278], [58, 146, 285])
        {
            Compressed = ([107, 195, 526, 1017], [105, 170, 470, 931]),
        },
        new("ALS, random start", "alternating-least-squares", new() { Width = 2, Start = FactorStart.Random }, [6, 11, 18], [5, 10, 17])
        {
            Compressed = ([6, 8, 14, 24], [5, 6, 13, 22]),
        },
        new("SVP", "singular-value-projection", new() { StepSize = 0.7 }, [16, 36, 65], [17, 37, 65])
        {
            Compressed = ([12, 21, 53, 95], [14, 21, 48, 90]),
        },
        new("NIHT", "normalized-iterative-hard-thresholding", new(), [12, 28, 51], [13, 28, 50])
        {
            Compressed = ([11, 18, 44, 79], [13, 19, 42, 78]),
        },
        new("APGM", "nuclear-norm-proximal-gradient", new(), [130, 264, null], [135, 270, null])
        {
            Limit = 600,
            Compressed = ([88, 133, 267, null], [90, 137, 272, null]),
            CompressedLimit = 300,
        },
        new("GNMR, setting", "gauss-newton-matrix-recovery-setting", new() { Width = 2 }, [6], [10])
        {
            Errors = [1e-14],
            Compressed = ([2, 3, 4, 5], [5, 7, 8, 10]),
        },
        new("GNMR, updating", "gauss-newton-matrix-recovery", new() { Width = 2 }, [4], [9])
        {
            Errors = [1e-14],
            Compressed = ([2, 3, 4, 4], [5, 7, 8, 9]),
        },
    ];

    /// <summary>Errors that iterations are counted to from few measurements.</summary>
    public static double[] CompressedErrors { get; } = [1e-2, 1e-3, 1e-6, 1e-10];

    /// <summary>Relative errors that iterations are counted to.</summary>
    public double[] Errors { get; init; } = [1e-3, 1e-6, 1e-10];

    /// <summary>Iterations of the reference.</summary>
    public int Limit { get; init; } = 2000;

    /// <summary>Iterations from few measurements, as measured with this library, for each of <see cref="CompressedErrors"/>.</summary>
    public required (int?[] Well, int?[] Ill) Compressed { get; init; }

    /// <summary>Most of them.</summary>
    public int CompressedLimit { get; init; } = 1200;
}
