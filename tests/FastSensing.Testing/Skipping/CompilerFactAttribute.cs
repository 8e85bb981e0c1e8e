using FastSensing.Testing.Natives;
using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact that compiles C: skipped with the reason when there is no compiler, unless one is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = NativeRequirement.SkipReason(FakeBlas.FindCompiler, FakeBlas.Missing);
}
