using System.Text.RegularExpressions;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>Finds the innermost loops in a compiler's listing of Arm64 code.</summary>
internal static partial class ArmListing
{
    private const string MethodMark = "; Assembly listing for method ";

    /// <summary>The innermost loops of every method of a listing.</summary>
    public static IEnumerable<ArmLoop> Loops(string listing) => listing.Split(MethodMark).Skip(1).SelectMany(LoopsOfMethod);

    private static IEnumerable<ArmLoop> LoopsOfMethod(string method)
    {
        string[] lines = method.Split('\n');
        string name = lines[0].Trim();
        List<string> code = [];
        Dictionary<string, int> labels = [];
        List<(int From, int To, string Label)> loops = [];
        foreach (string line in lines.Skip(1).Select(line => line.Trim()))
        {
            if (Label().Match(line) is { Success: true } label)
            {
                labels[label.Groups["name"].Value] = code.Count;
            }
            else if (line.Length > 0 && line[0] != ';' && !line.StartsWith("align ", StringComparison.Ordinal))
            {
                // A jump to a label that has been passed closes a loop.
                if (Jump().Match(line) is { Success: true } jump && labels.TryGetValue(jump.Groups["target"].Value, out int start))
                {
                    loops.Add((start, code.Count, jump.Groups["target"].Value));
                }

                code.Add(Spaces().Replace(line, " "));
            }
        }

        return from loop in loops
               where !loops.Any(other => other != loop && other.From >= loop.From && other.To <= loop.To)
               select new ArmLoop(name, loop.Label, [.. code[loop.From..(loop.To + 1)]]);
    }

    [GeneratedRegex(@"^(?<name>G_M\d+_IG\d+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?!bl\b)(b|cb|tb)\S*\s.*?(?<target>G_M\d+_IG\d+)$")]
    private static partial Regex Jump();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
