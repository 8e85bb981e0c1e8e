using FastSensing.Testing.Natives;
using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A theory that compiles C: skipped with the reason when there is no compiler, unless one is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() => Skip = NativeRequirement.SkipReason(FakeBlas.FindCompiler, FakeBlas.Missing);
}
