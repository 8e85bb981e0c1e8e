namespace FastSensing.Cli.Benchmarking;

/// <summary>Where the operands of a call are when it begins. Code, stack and the arguments of the call are warm either way.</summary>
internal enum CacheState
{
    /// <summary>Where the call before it left them: every call has the same operands.</summary>
    Warm,

    /// <summary>
    /// Out of the first and the second level: as many other operands were used since as fill the second level twice. They
    /// come from the level that cores share, or from memory where other processes use that up.
    /// </summary>
    Cold,
}
