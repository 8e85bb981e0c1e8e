namespace FastSensing.Solvers.Observers;

/// <summary>One recorded iterate.</summary>
/// <param name="Progress">Its numbers.</param>
/// <param name="RecoveryError">||X - X*||_F / ||X*||_F, or NaN where no X* is known.</param>
public readonly record struct TracePoint(IterationProgress Progress, double RecoveryError);
