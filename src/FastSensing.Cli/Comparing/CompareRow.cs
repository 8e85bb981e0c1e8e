using FastSensing.Cli.Output;
using FastSensing.Solvers;

namespace FastSensing.Cli.Comparing;

/// <summary>A line of the table: medians over the runs of a method; an infinite one was not reached by most.</summary>
internal sealed record CompareRow
{
    public required string Method { get; init; }

    public required string Title { get; init; }

    /// <summary>Why the method does not run on this problem, or null.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyList<MethodOutcome> Outcomes { get; init; } = [];

    /// <summary>How most runs ended.</summary>
    public SolveStatus Status => Outcomes.GroupBy(outcome => outcome.Status).MaxBy(group => group.Count())!.Key;

    public double Error => Median(outcome => outcome.Error);

    public double Iterations => Median(outcome => outcome.Total.Iterations);

    public double Seconds => Median(outcome => outcome.Total.Seconds);

    public double CallsPerIteration => Median(outcome => outcome.Total.Calls / Math.Max(1, outcome.Total.Iterations));

    /// <summary>What came down to one of <see cref="Milestone.Errors"/> took.</summary>
    public Milestone Reached(int index) => new(
        Median(outcome => outcome.Reached[index].Iterations),
        Median(outcome => outcome.Reached[index].Seconds),
        Median(outcome => outcome.Reached[index].Calls));

    /// <summary>The row for programs. The names are a contract with scripts.</summary>
    public void WriteTo(Json json)
    {
        json.Add("method", Method).Add("title", Title).Add("refusal", Refusal);
        if (Refusal is null)
        {
            json.Add("runs", Outcomes.Count)
                .Add("status", Status.ToString())
                .Add("error", Error)
                .Add("iterations", Iterations)
                .Add("seconds", Seconds)
                .Add("callsPerIteration", CallsPerIteration)
                .Add("reached", Milestone.Errors.Select((error, i) => (Action<Json>)(item => item
                    .Add("error", error)
                    .Add("iterations", Reached(i).Iterations)
                    .Add("seconds", Reached(i).Seconds)
                    .Add("calls", Reached(i).Calls))));
        }
    }

    private double Median(Func<MethodOutcome, double> value)
    {
        double[] sorted = [.. Outcomes.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}
