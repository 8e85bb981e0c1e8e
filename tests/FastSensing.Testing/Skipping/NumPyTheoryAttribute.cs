using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A theory that needs python with numpy: skipped with the reason when it is missing, unless it is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NumPyTheoryAttribute : TheoryAttribute
{
    public NumPyTheoryAttribute() => Skip = NativeRequirement.SkipReason(NumPy.FindPython, NumPy.Missing);
}
