using System.Globalization;
using System.Text.RegularExpressions;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Tests.Codegen;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// Judges the code that the compiler of the Arm64 lane made of the kernels: in the innermost loops of the 128-bit ones nothing
/// lies on the stack and nothing is called; every tile body does exactly its multiply-adds; the main tiles do so in few
/// instructions. Leaves their loops behind, for a model of a processor to predict their speed.
/// </summary>
internal static partial class LaneCode
{
    private const double MostInstructionsPerMultiplyAdd = 1.7;

    private static readonly string[] Tags = ["Simd128", "Simd128Lane"];

    public static int Run(string listing, string folder)
    {
        ArmLoop[] loops = [.. ArmListing.Loops(File.ReadAllText(listing)).Where(loop => loop.IsOverElements && Kernel128().IsMatch(loop.Method))];
        List<string> faults =
        [
            .. from loop in loops
               where loop.StackAccesses + loop.Calls > 0
               select $"{loop.StackAccesses} stack accesses and {loop.Calls} calls in loop {loop.Label} of {loop.Method}",
        ];
        Console.WriteLine($"{loops.Length} loops over elements in 128-bit kernels, {faults.Count} of them with stack accesses or calls");
        int passed = loops.Length - faults.Count;
        foreach (string tag in Tags)
        {
            passed += JudgeTiles<double>("double", tag, loops, folder, faults);
            passed += JudgeTiles<float>("float", tag, loops, folder, faults);
        }

        faults.ForEach(Console.WriteLine);
        Console.WriteLine($"{passed} passed, {faults.Count} failed");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>The number of bodies that are right; one line for the main one.</summary>
    private static int JudgeTiles<T>(string type, string tag, ArmLoop[] loops, string folder, List<string> faults)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        // Of the two tags of the lane, both with 32 registers, this process runs the second one so.
        (int mr, int nr) = BlockEdges.TileOf<Simd128Lane<T>, T, System.Runtime.Intrinsics.Vector128<T>>();
        int most = nr / Simd128Lane<T>.Count;
        int passed = 0;
        foreach ((string edge, string update) in (IEnumerable<(string, string)>)[
            .. from update in (string[])["General", "Overwrite", "Add"] from edge in (string[])["Whole", "Masked"] select (edge, update)])
        {
            for (int rows = 1; rows <= mr; rows++)
            {
                for (int columns = 1; columns <= most; columns++)
                {
                    string name = $"tile {rows} x {columns} {edge} {update}, {type}, {tag}";
                    ArmLoop? loop = loops
                        .Where(each => Tile().Match(each.Method) is { Success: true } tile && tile.Groups["tag"].Value == tag && tile.Groups["type"].Value == type
                            && tile.Groups["rows"].Value == $"{rows}" && tile.Groups["columns"].Value == $"{columns}" && tile.Groups["edge"].Value == edge && tile.Groups["update"].Value == update)
                        .MaxBy(each => each.MultiplyAdds);
                    string? fault = Fault(name, loop, rows * columns);
                    if (rows == mr && columns == most && (edge, update) == ("Whole", "General") && loop is not null)
                    {
                        fault ??= JudgeMain(name, loop, folder);
                    }

                    faults.AddRange(fault is null ? [] : [fault]);
                    passed += fault is null ? 1 : 0;
                }
            }
        }

        return passed;
    }

    private static string? Fault(string name, ArmLoop? loop, int expected) =>
        loop is null ? $"{name}: not in the listing"
        : loop.MultiplyAdds != expected ? $"{name}: {loop.MultiplyAdds} multiply-adds"
        : null;

    private static string? JudgeMain(string name, ArmLoop loop, string folder)
    {
        double ratio = (double)loop.Instructions.Length / loop.MultiplyAdds;
        string figure = string.Create(CultureInfo.InvariantCulture, $"{loop.Instructions.Length} instructions for {loop.MultiplyAdds} fmla: {ratio:f2} each");
        Console.WriteLine($"{name}: {figure}");
        string file = Path.Combine(folder, $"main-{NotLetters().Replace(name, "-")}.s");

        // The listing has names of its own for the label and for two registers.
        File.WriteAllLines(file, ["loop:", .. loop.Instructions.Select(line => line
            .Replace(loop.Label, "loop", StringComparison.Ordinal).Replace("xip0", "x16", StringComparison.Ordinal).Replace("xip1", "x17", StringComparison.Ordinal))]);
        return ratio <= MostInstructionsPerMultiplyAdd ? null : $"{name}: {figure}, the limit is {MostInstructionsPerMultiplyAdd}";
    }

    [GeneratedRegex(@"^FastSensing\.Kernels\..*Simd\.Simd128(Lane)?`1\[")]
    private static partial Regex Kernel128();

    [GeneratedRegex(@"GemmBroadTile`7\[[\w.]*\.(?<tag>Simd128|Simd128Lane)`1\[(?<type>double|float)\],.*\.N(?<rows>\d),[\w.]*\.N(?<columns>\d),[\w.]*\.(?<edge>Whole|Masked)Edge,[\w.]*\.(?<update>General|Overwrite|Add)Update\]:Run\(")]
    private static partial Regex Tile();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotLetters();
}
