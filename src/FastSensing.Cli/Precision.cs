namespace FastSensing.Cli;

/// <summary>What is computed in.</summary>
internal enum Precision
{
    /// <summary>As the measurements are stored.</summary>
    AsStored,

    /// <summary>float.</summary>
    Single,

    /// <summary>double.</summary>
    Double,
}
