using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A theory that needs a native BLAS: skipped with the reason when it is missing, unless it is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeBlasTheoryAttribute : TheoryAttribute
{
    public NativeBlasTheoryAttribute(string backEnd) => Skip = InstalledBlas.SkipReason(backEnd);
}
