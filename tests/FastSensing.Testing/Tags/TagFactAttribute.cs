using System.Runtime.InteropServices;
using Xunit;

namespace FastSensing.Testing.Tags;

/// <summary>A fact about the x64 code of one instruction-set tag: skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TagFactAttribute : FactAttribute
{
    public TagFactAttribute(string tag)
    {
        Tag = tag;
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            Skip = "this process does not run x64 code";
        }
        else if (!TagTable.IsAvailable(tag))
        {
            Skip = $"no {tag} instructions in this process: the CPU lacks them or a DOTNET_Enable... switch is off";
        }
    }

    public string Tag { get; }
}
