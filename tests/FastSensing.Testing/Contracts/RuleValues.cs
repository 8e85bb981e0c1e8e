namespace FastSensing.Testing.Contracts;

/// <summary>The scalars that the rules of several routines go through.</summary>
internal static class RuleValues
{
    /// <summary>alpha and beta: the two that skip work, the two that need no multiplication, and one that needs it.</summary>
    public static double[] Factors => [0, 1, -1, 2.5];

    /// <summary>What may stand in an input and must reach what depends on it.</summary>
    public static double[] NonFinite => [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
}
