using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact that needs OpenBLAS: skipped with the reason when it is missing, unless it is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeBlasFactAttribute : FactAttribute
{
    public NativeBlasFactAttribute() => Skip = NativeRequirement.SkipReason(NativeBlas.FindLibrary, NativeBlas.Missing);
}
