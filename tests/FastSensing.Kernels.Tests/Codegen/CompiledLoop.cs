using System.Text.RegularExpressions;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>What the instructions of one compiled loop do.</summary>
internal sealed partial record CompiledLoop(string Text)
{
    /// <summary>Fused ones, and pairs of a multiplication and an addition or subtraction.</summary>
    public int MultiplyAdds => Fused().Count(Text) + Math.Min(Multiply().Count(Text), Add().Count(Text));

    public int StackAccesses => Stack().Count(Text);

    public int Calls => Call().Count(Text);

    public int RegisterMoves => Move().Count(Text);

    [GeneratedRegex(@"\bvfn?madd\d+[ps][sd]\b")]
    private static partial Regex Fused();

    [GeneratedRegex(@"\bv?mul[ps][sd]\b")]
    private static partial Regex Multiply();

    [GeneratedRegex(@"\bv?(add|sub)[ps][sd]\b")]
    private static partial Regex Add();

    [GeneratedRegex(@"\[r[bs]p\b")]
    private static partial Regex Stack();

    [GeneratedRegex(@"\bcall\b")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bv?movap[sd]\s+[xyz]mm\d+, [xyz]mm\d+")]
    private static partial Regex Move();
}
