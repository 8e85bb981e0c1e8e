namespace FastSensing.Solvers;

/// <summary>Why a run ended, or that it has not.</summary>
public enum SolveStatus
{
    /// <summary>Not ended.</summary>
    Running,

    /// <summary>The residual fell to the tolerance, or, in MatrixSensing.Solve without a given tolerance, to the noise level.</summary>
    Converged,

    /// <summary>The given number of iterations was used up.</summary>
    IterationLimit,

    /// <summary>The deadline passed.</summary>
    TimeLimit,

    /// <summary>The cancellation token was set.</summary>
    Cancelled,

    /// <summary>The loss no longer changes, above the tolerance.</summary>
    Stalled,

    /// <summary>The residual grew beyond the limit; the result is the iterate before, the last one within it.</summary>
    Diverged,

    /// <summary>The loss became NaN or infinite; the result is the iterate before, the last finite one.</summary>
    NonFinite,

    /// <summary>A factorisation inside the step failed; the result is the last good iterate.</summary>
    Breakdown,

    /// <summary>An observer asked to stop.</summary>
    StoppedByObserver,
}
