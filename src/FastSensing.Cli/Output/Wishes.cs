namespace FastSensing.Cli.Output;

/// <summary>What the user asked of the two streams.</summary>
[Flags]
internal enum Wishes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>--no-color.</summary>
    NoColor = 1,

    /// <summary>--quiet.</summary>
    Quiet = 2,
}
