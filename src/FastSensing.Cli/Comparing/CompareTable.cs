using System.Globalization;
using FastSensing.Cli.Inspection;
using FastSensing.Cli.Output;
using Spectre.Console;

namespace FastSensing.Cli.Comparing;

/// <summary>The rows as columns for people or as a Markdown table.</summary>
internal static class CompareTable
{
    private static string[] Headings =>
        ["method", .. Milestone.Errors.Select(error => "to " + error.ToString("0e0", CultureInfo.InvariantCulture)), "final error", "iterations", "calls each", "ended"];

    public static void Show(ToolConsole console, CompareReport report, CompareForm form)
    {
        string[][] rows = [.. report.Rows.Select(row => Cells(row).ToArray())];
        string plain = report.MinimumNormError is double error ? $"; error of the minimum-norm solution {Figures.Error(error)}" : string.Empty;
        console.Out.WriteLine($"{report.Problem}: {report.Sizes.Describe()}{plain}; {report.Precision}, {report.Blas}");
        if (form == CompareForm.Markdown)
        {
            console.Out.WriteLine(Provenance.Line);
            WriteMarkdown(console.Out, rows);
        }
        else
        {
            console.Show(ToTable(rows));
        }

        string seeds = report.Seeds == 1 ? string.Empty : $"; medians over {report.Seeds} seeds";
        console.Out.WriteLine($"to ...: iterations and seconds until the {report.Measure} was down to it{seeds}. calls each: operator calls of an iteration.");
        foreach (CompareRow refused in report.Rows.Where(row => row.Refusal is not null))
        {
            console.Out.WriteLine($"{refused.Method}: {refused.Refusal}");
        }
    }

    private static Table ToTable(string[][] rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < Headings.Length; i++)
        {
            TableColumn column = new(Headings[i]);
            table.AddColumn(i == 0 || i == Headings.Length - 1 ? column : column.RightAligned());
        }

        foreach (string[] cells in rows)
        {
            table.AddRow(Array.ConvertAll(cells, cell => cell.EscapeMarkup()));
        }

        return table;
    }

    private static void WriteMarkdown(TextWriter output, string[][] rows)
    {
        output.WriteLine();
        Write(Headings);
        Write([.. Headings.Select((_, i) => i == 0 || i == Headings.Length - 1 ? "---" : "---:")]);
        Array.ForEach(rows, Write);
        output.WriteLine();

        void Write(string[] cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
    }

    private static IEnumerable<string> Cells(CompareRow row) => row.Refusal is not null
        ? [row.Title, .. Milestone.Errors.Select(_ => "-"), "-", "-", "-", "does not run here"]
        : [
            row.Title,
            .. Milestone.Errors.Select((_, i) => Cell(row.Reached(i))),
            double.IsFinite(row.Error) ? Figures.Error(row.Error) : "-",
            $"{Number(row.Iterations)} in {Figures.Time(row.Seconds)}",
            double.IsNaN(row.CallsPerIteration) ? "-" : row.CallsPerIteration.ToString("0.#", CultureInfo.InvariantCulture),
            row.Status.ToString(),
        ];

    private static string Cell(Milestone reached) =>
        double.IsFinite(reached.Iterations) ? $"{Number(reached.Iterations)} in {Figures.Time(reached.Seconds)}" : "-";

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
