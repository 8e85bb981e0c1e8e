namespace FastSensing.Testing.Skipping;

/// <summary>
/// Decides at discovery whether a test of something from outside the SDK is skipped: when the thing is missing, unless
/// FASTSENSING_REQUIRE_NATIVE=1 says that it must be there. Then the test runs, and fails for want of it.
/// </summary>
internal static class NativeRequirement
{
    private const string Variable = "FASTSENSING_REQUIRE_NATIVE";

    /// <summary>Null to run the test, otherwise the reason to skip it.</summary>
    public static string? SkipReason(string? found, string missing)
    {
        bool required = Environment.GetEnvironmentVariable(Variable) == "1";
        return found is not null || required ? null : $"{missing} ({Variable}=1 turns this skip into a failure)";
    }
}
