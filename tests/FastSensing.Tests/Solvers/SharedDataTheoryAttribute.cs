using FastSensing.Tests.Architecture;

namespace FastSensing.Tests.Solvers;

/// <summary>A theory on real data that lie beside the working copy; skipped with the reason where they do not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = Directory.Exists(Folder) ? null : $"There is no {Folder}.";

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));
}
