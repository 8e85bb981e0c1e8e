namespace FastSensing.Cli.Report;

/// <summary>One curve of a <see cref="RateChart"/>.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Size and rate, sizes ascending.</param>
internal sealed record RateSeries(string Name, IReadOnlyList<(double Size, double Rate)> Points);
