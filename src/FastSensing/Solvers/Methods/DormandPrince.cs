namespace FastSensing.Solvers.Methods;

/// <summary>
/// The explicit Runge-Kutta pair of orders 5 and 4 of Dormand and Prince (1980): seven slopes, of which the last is the
/// first of the next step.
/// </summary>
internal static class DormandPrince
{
    /// <summary>Slopes of a step.</summary>
    public const int Slopes = 7;

    /// <summary>Share of the slopes in the error estimate: the difference of both solutions.</summary>
    public static ReadOnlySpan<double> Error =>
        [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    /// <summary>Share of the slopes before it in the point where slope number 1..6 is taken; that of slope 6 is the solution of order 5.</summary>
    public static ReadOnlySpan<double> Weights(int slope) => slope switch
    {
        1 => [1.0 / 5],
        2 => [3.0 / 40, 9.0 / 40],
        3 => [44.0 / 45, -56.0 / 15, 32.0 / 9],
        4 => [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        5 => [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
        _ => [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    };
}
