namespace FastSensing.Solvers.Causes;

/// <summary>What most likely kept a run from finding X.</summary>
public enum RunCause
{
    /// <summary>Nothing that the numbers show.</summary>
    None,

    /// <summary>It was still on its way: more iterations would have gone on.</summary>
    TooFewIterations,

    /// <summary>The steps overshoot.</summary>
    StepTooLarge,

    /// <summary>The start is as large as X: the steps overshoot there, or superfluous columns keep what they started with.</summary>
    StartTooLarge,

    /// <summary>The damping holds back directions that X has.</summary>
    DampingTooLarge,

    /// <summary>Superfluous columns were blown up, or a Gram matrix is singular.</summary>
    DampingTooSmall,

    /// <summary>The residual holds more of X than noise, and all columns are in use.</summary>
    RankTooLow,

    /// <summary>More degrees of freedom than measurements.</summary>
    TooFewMeasurements,

    /// <summary>One factor grew at the expense of the other.</summary>
    ImbalanceGrowing,

    /// <summary>The gradient vanishes although columns that are not in use could lower the loss.</summary>
    Saddle,
}
