namespace FastSensing.Cli.Report;

/// <summary>One curve of a chart: a name for the legend and its points, x ascending.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Color">Index of a colour of the page.</param>
/// <param name="X">Places on the linear axis.</param>
/// <param name="Y">Values on the logarithmic axis; what is not positive and finite is left out.</param>
internal sealed record ChartSeries(string Name, int Color, IReadOnlyList<double> X, IReadOnlyList<double> Y);
