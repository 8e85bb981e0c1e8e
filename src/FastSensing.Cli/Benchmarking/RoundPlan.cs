namespace FastSensing.Cli.Benchmarking;

/// <summary>How rivals are timed.</summary>
/// <param name="Count">Rounds that count.</param>
/// <param name="SecondsPerTurn">A turn repeats its call for about this long, at least once.</param>
/// <param name="WarmUp">What comes before the first round.</param>
/// <param name="Attempts">How often, on the average, a round is run before a disturbed one has to do.</param>
/// <param name="Patience">After this time disturbed rounds have to do in any case.</param>
internal readonly record struct RoundPlan(int Count, double SecondsPerTurn, WarmUp WarmUp, int Attempts, TimeSpan Patience);
