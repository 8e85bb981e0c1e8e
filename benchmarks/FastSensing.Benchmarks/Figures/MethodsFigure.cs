using System.Text;
using FastSensing.Cli;
using FastSensing.Cli.Output;
using ToolCommandLine = FastSensing.Cli.CommandLine;

namespace FastSensing.Benchmarks.Figures;

/// <summary>`fastsensing compare` on the problems of the README's method table: benchmarks/results/compare.md.</summary>
internal static class MethodsFigure
{
    private const string Page = "benchmarks/results/compare.md";

    private static readonly string[] Problems =
    [
        "--rows 30 --columns 25 --measurements 450",
        "--symmetric --rows 30 --measurements 250",
        "--symmetric --kind entries --rows 30 --measurements 250 --methods scaledsgd",
    ];

    /// <summary>Measures and writes.</summary>
    public static void Write()
    {
        StringBuilder page = new($"""
            # Every method on the same problems

            {Host.Description}

            Made by `./build.sh bench methods`: `fastsensing compare --rank 2 --markdown` with the options in the headings. A method's
            defaults, the width that of X. *to ...*: steps and seconds to a recovery error; medians over ten seeds.

            """.ReplaceLineEndings("\n"));
        foreach (string problem in Problems)
        {
            foreach (string condition in (string[])["--condition 1", "--condition 100"])
            {
                Console.Error.WriteLine($"{problem} {condition}");
                page.Append('\n').Append("## ").Append(problem).Append(' ').Append(condition).Append("\n\n");
                page.Append(Compare([.. problem.Split(' '), .. condition.Split(' '), "--rank", "2", "--markdown", "--quiet"]));
            }
        }

        File.WriteAllText(Page, page.ToString());
        Console.WriteLine(Page);
    }

    private static string Compare(string[] options)
    {
        using StringWriter output = new() { NewLine = "\n" };
        ExitCode code = ToolCommandLine.Run(["compare", .. options], ToolConsole.Captured(output, Console.Error), CancellationToken.None);
        return code == ExitCode.Success ? output.ToString() : throw new InvalidOperationException($"compare {string.Join(' ', options)}: {code}");
    }
}
