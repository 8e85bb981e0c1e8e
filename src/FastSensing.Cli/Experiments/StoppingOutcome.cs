namespace FastSensing.Cli.Experiments;

/// <summary>Recovery errors over the smallest on the way: 1 is the best there was.</summary>
/// <param name="Run">The problem.</param>
/// <param name="Wide">Of one run with more columns than the rank, at the iterate that held-out measurements chose.</param>
/// <param name="Solve">Of what Solve returns.</param>
internal sealed record StoppingOutcome(GridRun Run, double Wide, double Solve);
