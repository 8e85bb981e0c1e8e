namespace FastSensing.Cli.Generating;

/// <summary>How `generate` measures.</summary>
internal enum MeasurementKind
{
    /// <summary>y_i = the inner product of X with a matrix of entries N(0, 1/m).</summary>
    Gaussian,

    /// <summary>y_i = an entry of X.</summary>
    Entries,
}
