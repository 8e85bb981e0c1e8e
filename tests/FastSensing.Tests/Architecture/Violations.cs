namespace FastSensing.Tests.Architecture;

/// <summary>Fails with every violation of a rule in full; the framework's own message shortens them.</summary>
internal static class Violations
{
    /// <summary>Passes when there is none.</summary>
    /// <param name="found">One line for each.</param>
    public static void None(IEnumerable<string> found)
    {
        string[] lines = [.. found];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
