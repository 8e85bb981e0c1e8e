namespace FastSensing.Cli.Benchmarking.Limits;

/// <summary>What bounds a routine.</summary>
internal enum LimitKind
{
    /// <summary>Multiply-adds on registers.</summary>
    MultiplyAdd,

    /// <summary>Reading the one large operand once.</summary>
    StreamRead,
}
