using FastSensing.Problems;

namespace FastSensing.Cli.Demo;

/// <summary>One problem of the demo: what is measured, what is known of it, and the best that rank r allows.</summary>
internal sealed record DemoCase
{
    public required string Title { get; init; }

    /// <summary>What one sees, in a sentence or two, for the page.</summary>
    public required string Text { get; init; }

    public required SensingProblem<double> Problem { get; init; }

    /// <summary>The matrix that was measured, by rows.</summary>
    public required double[] Truth { get; init; }

    /// <summary>The rank of the yardstick, and of the methods that are given one.</summary>
    public required int Rank { get; init; }

    /// <summary>The best approximation of that rank, by rows.</summary>
    public required double[] Best { get; init; }

    /// <summary>Its error: no method can be expected to do better at this rank.</summary>
    public required double Yardstick { get; init; }

    /// <summary>The measurements as a picture, NaN where nothing was measured; null where they are no picture.</summary>
    public double[]? Sampled { get; init; }
}
