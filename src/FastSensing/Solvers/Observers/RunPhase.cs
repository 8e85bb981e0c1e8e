namespace FastSensing.Solvers.Observers;

/// <summary>The three phases of a run from a small random start.</summary>
public enum RunPhase
{
    /// <summary>The columns turn towards the leading singular spaces, as in the power method; the residual stays near 1.</summary>
    Alignment,

    /// <summary>Aligned, the signal grows exponentially, to the size of X*.</summary>
    Growth,

    /// <summary>All of the signal is there; the error contracts.</summary>
    Refinement,
}
