namespace FastSensing.Solvers;

/// <summary>The stages of MatrixSensing.Solve.</summary>
public enum SolveStage
{
    /// <summary>A damped run with more columns than needed, on the training measurements.</summary>
    Searching,

    /// <summary>Short runs at candidate ranks, judged by the held-out measurements.</summary>
    ChoosingRank,

    /// <summary>The damped run again, on all measurements.</summary>
    Fitting,

    /// <summary>The run at the chosen rank, on all measurements.</summary>
    Polishing,
}
