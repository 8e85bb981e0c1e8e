namespace FastSensing.Cli.Output;

/// <summary>How a verb shows its result on stdout.</summary>
internal enum ReportForm
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object for programs.</summary>
    Json,
}
