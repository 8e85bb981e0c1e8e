namespace FastSensing.Cli;

/// <summary>What the process returns; stable, for scripts.</summary>
internal enum ExitCode
{
    /// <summary>Done. Also when an explicit --iterations was used up and no --tolerance was asked for.</summary>
    Success = 0,

    /// <summary>Something failed that is neither the input's nor the command line's fault.</summary>
    Failure = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input file is missing, malformed or does not fit.</summary>
    InputRefused = 3,

    /// <summary>
    /// The solver ended without converging; its result was reported and written: what Solve judged best, or with a method the
    /// last iterate; where that diverged or met a NaN, the one before it.
    /// </summary>
    NotConverged = 4,

    /// <summary>Interrupted by Ctrl-C or SIGTERM; no output file was written.</summary>
    Interrupted = 130,
}
