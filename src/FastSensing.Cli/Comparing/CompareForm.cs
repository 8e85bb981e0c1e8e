namespace FastSensing.Cli.Comparing;

/// <summary>How `compare` shows its table on stdout.</summary>
internal enum CompareForm
{
    /// <summary>Columns for people.</summary>
    Text,

    /// <summary>A Markdown table, for a page.</summary>
    Markdown,

    /// <summary>One JSON object for programs.</summary>
    Json,
}
