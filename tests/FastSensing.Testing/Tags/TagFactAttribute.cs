using Xunit;

namespace FastSensing.Testing.Tags;

/// <summary>A fact about the kernels of one instruction-set tag: skipped with the reason where its instructions are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TagFactAttribute : FactAttribute
{
    public TagFactAttribute(string tag)
    {
        Tag = tag;
        Skip = TagTable.IsAvailable(tag) ? null : $"no {tag} instructions in this process: the CPU lacks them or a DOTNET_Enable... knob is off";
    }

    public string Tag { get; }
}
