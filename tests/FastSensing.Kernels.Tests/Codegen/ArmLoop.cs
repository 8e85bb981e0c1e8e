using System.Text.RegularExpressions;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>An innermost loop of a method, as the compiler lists it for Arm64: its instructions from the label to the jump back.</summary>
/// <param name="Method">The method, as the listing names it.</param>
/// <param name="Label">Where the loop begins.</param>
/// <param name="Instructions">The instructions, without labels and padding.</param>
internal sealed partial record ArmLoop(string Method, string Label, string[] Instructions)
{
    /// <summary>Multiply-adds of whole registers.</summary>
    public int MultiplyAdds => Instructions.Count(line => line.StartsWith("fmla ", StringComparison.Ordinal) || line.StartsWith("fmls ", StringComparison.Ordinal));

    /// <summary>Loads and stores of the stack frame.</summary>
    public int StackAccesses => Instructions.Count(line => line.Contains("[fp", StringComparison.Ordinal) || line.Contains("[sp", StringComparison.Ordinal));

    /// <summary>Calls of other methods.</summary>
    public int Calls => Instructions.Count(line => Call().IsMatch(line));

    /// <summary>True for a loop over elements: it has them in registers and leaves no part of the work to another kernel, as the loops over blocks do.</summary>
    public bool IsOverElements => Instructions.Any(line => ElementRegister().IsMatch(line)) && !Instructions.Any(line => KernelCall().IsMatch(line));

    [GeneratedRegex(@"^blr? ")]
    private static partial Regex Call();

    [GeneratedRegex(@"^bl FastSensing\.")]
    private static partial Regex KernelCall();

    [GeneratedRegex(@"[ {][vqds]\d+\b")]
    private static partial Regex ElementRegister();
}
