namespace FastSensing.Solvers;

/// <summary>What MatrixSensing.Solve tells of an iterate.</summary>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Width">Columns of its factors: the candidate rank in the stage that chooses it.</param>
/// <param name="Progress">Its numbers; iterations count from 0 in each run of a stage.</param>
/// <param name="HoldOutResidual">Its relative residual on held-out measurements, or NaN where none are held out.</param>
public readonly record struct SolveProgress(SolveStage Stage, int Width, IterationProgress Progress, double HoldOutResidual);
