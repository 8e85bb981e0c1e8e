namespace FastSensing.Cli.Benchmarking;

/// <summary>What a rival needs before its times mean anything.</summary>
internal enum WarmUp
{
    /// <summary>Some runs: for code that the runtime compiles in full at once, as it does in the tool.</summary>
    Caches,

    /// <summary>Runs and pauses, until the runtime has compiled often called code once more on another thread.</summary>
    Recompilation,
}
