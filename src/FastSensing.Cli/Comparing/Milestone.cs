namespace FastSensing.Cli.Comparing;

/// <summary>What it took to come down to an error: iterations, seconds in steps and operator calls in steps.</summary>
/// <param name="Iterations">Steps.</param>
/// <param name="Seconds">In these steps; observers are not counted.</param>
/// <param name="Calls">Operator calls in these steps.</param>
internal readonly record struct Milestone(double Iterations, double Seconds, double Calls)
{
    /// <summary>The errors that are asked about.</summary>
    public static IReadOnlyList<double> Errors { get; } = [1e-3, 1e-6, 1e-10];

    /// <summary>Not reached.</summary>
    public static Milestone Never { get; } = new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
}
