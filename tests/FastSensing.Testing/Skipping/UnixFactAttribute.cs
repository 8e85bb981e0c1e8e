using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact about signals, links or devices of Unix: skipped with the reason elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such thing" : null;
}
