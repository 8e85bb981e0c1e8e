using FastSensing.Testing.Natives;
using Xunit;

namespace FastSensing.Testing.Skipping;

/// <summary>A fact that needs libxsmm: skipped with the reason when it is missing, unless it is required.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibxsmmFactAttribute : FactAttribute
{
    public LibxsmmFactAttribute() => Skip = NativeRequirement.SkipReason(LibxsmmPeer.Find, LibxsmmPeer.Missing);
}
