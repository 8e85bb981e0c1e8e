using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact that needs a native BLAS: skipped with the reason when it is missing, unless it is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeBlasFactAttribute : FactAttribute
{
    public NativeBlasFactAttribute(string backEnd) => Skip = InstalledBlas.SkipReason(backEnd);
}
