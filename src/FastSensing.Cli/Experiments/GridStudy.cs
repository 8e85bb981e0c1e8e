using System.Globalization;
using FastSensing.Cli.Output;

namespace FastSensing.Cli.Experiments;

/// <summary>Runs the grid, or what is left of it.</summary>
internal sealed class GridStudy(ToolConsole console)
{
    /// <summary>The runs of a plan, in order.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="log">Where outcomes are looked up and put.</param>
    /// <param name="cancellation">Ends the study between two runs; what is done is in the log.</param>
    public List<(GridRun Run, GridOutcome Outcome)> Run(GridRun[] plan, GridLog log, CancellationToken cancellation)
    {
        console.Say($"{GridCells.All.Length} of {GridCells.Full.Length} cells have measurements for at most 0.6 of the unknowns; {plan.Length} runs.");
        List<(GridRun Run, GridOutcome Outcome)> done = [];
        foreach (GridRun run in plan)
        {
            GridOutcome? outcome = log.Find(run);
            if (outcome is null)
            {
                outcome = run.Run(cancellation);
                log.Add(outcome);
                console.Say(Line(done.Count + 1, plan.Length, outcome));
            }

            done.Add((run, outcome));
        }

        return done;
    }

    private static string Line(int number, int count, GridOutcome outcome)
    {
        string against = outcome.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $" = {ratio:0.00} of the oracle") : string.Empty;
        string judged = outcome.IsLie ? " LIE" : outcome.IsSuccess ? string.Empty : " FAILED";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{number}/{count} {outcome.Cell} seed {outcome.Seed}: {outcome.Status}, rank {outcome.Rank}, error {Figures.Error(outcome.Error)}{against}, {outcome.Iterations} steps, {outcome.Seconds:0.00} s{judged}");
    }
}
