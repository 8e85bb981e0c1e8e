using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FastSensing.Cli;
using FastSensing.Cli.Benchmarking.Goals;
using FastSensing.Cli.Benchmarking.Results;

namespace FastSensing.Benchmarks.Figures;

/// <summary>
/// Measures the classes of <see cref="GoalClasses"/>, each in processes of its own that are those of the tool, keeps
/// their rows below artifacts, and writes benchmarks/results/goals.md and the table of the README from all that are kept.
/// </summary>
internal static class GoalFiles
{
    private const string Kept = "artifacts/goals";
    private const string Page = "benchmarks/results/goals.md";
    private const string Readme = "README.md";
    private const string Begin = "<!-- goals: written by ./build.sh bench goals -->\n";
    private const string End = "<!-- end of goals -->";
    private const int Rounds = 31;

    private static readonly string[] Precisions = ["fp64", "fp32"];

    /// <summary>Measures and writes; the working directory is the root of the repository.</summary>
    /// <param name="arguments">Names of classes, all when there are none; --missing for those not yet kept; --json to write the rows to stdout.</param>
    /// <returns>Exit code.</returns>
    public static int Write(string[] arguments)
    {
        string[] names = [.. arguments.Where(word => !word.StartsWith('-'))];
        string? unknown = names.FirstOrDefault(name => GoalClasses.All.All(goal => goal.Name != name))
            ?? arguments.Except(names).FirstOrDefault(option => option is not ("--missing" or "--json"));
        if (unknown is not null)
        {
            Console.Error.WriteLine($"'{unknown}' is neither --missing, --json nor a class; classes are {string.Join(", ", GoalClasses.All.Select(goal => goal.Name))}.");
            return (int)ExitCode.Usage;
        }

        Directory.CreateDirectory(Kept);
        GoalClass[] wanted = [.. GoalClasses.All.Where(goal => names.Length == 0 || names.Contains(goal.Name))];
        foreach ((GoalClass goal, string precision) in wanted.SelectMany(_ => Precisions, (goal, precision) => (goal, precision)))
        {
            if (!arguments.Contains("--missing") || Read(goal.Name, precision) is null)
            {
                GoalResult result = Measure(goal, precision);
                File.WriteAllText(FileOf(goal.Name, precision), BenchJson.WriteGoals([result]));
            }
        }

        GoalResult[] kept = [.. Precisions.SelectMany(_ => GoalClasses.All, (precision, goal) => Read(goal.Name, precision)).OfType<GoalResult>()];
        File.WriteAllText(Page, GoalPage.Of(kept));
        string readme = File.ReadAllText(Readme);
        int from = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = readme.IndexOf(End, from, StringComparison.Ordinal);
        File.WriteAllText(Readme, $"{readme[..from]}{GoalPage.Short(kept)}{readme[to..]}");
        Console.Error.WriteLine($"{Page}, {Readme}");
        if (arguments.Contains("--json"))
        {
            Console.WriteLine(BenchJson.WriteGoals(kept));
        }

        return 0;
    }

    private static string FileOf(string goal, string precision) => Path.Combine(Kept, $"{goal}-{precision}.json");

    private static GoalResult? Read(string goal, string precision)
    {
        string file = FileOf(goal, precision);
        try
        {
            return File.Exists(file) ? BenchJson.ReadGoals(File.ReadAllText(file))[0] : null;
        }
        catch (JsonException)
        {
            Console.Error.WriteLine($"{file} was written by another version and is left out.");
            return null;
        }
    }

    private static GoalResult Measure(GoalClass goal, string precision)
    {
        Stopwatch time = Stopwatch.StartNew();
        GoalResult result = new()
        {
            Class = goal.Name,
            Precision = precision,
            Machine = Host.Description,
            Commit = Host.Commit,
            Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Rows = ToolRows.Measure(goal.ToRequest(precision == "fp32" ? Precision.Single : Precision.Double, Rounds)),
        };
        GoalJudgement judged = result.Judge(goal);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{goal.Name} {precision}: {judged.Sizes.Count(size => size.Holds)} of {judged.Sizes.Count} sizes hold, geometric mean {judged.GeometricMean:F2}; "
            + $"{result.Rows.Sum(row => row.Spoiled)} rounds shared the core; {time.Elapsed.TotalSeconds:F0} s"));
        return result;
    }
}
