namespace FastSensing.Solvers.UnknownRank;

/// <summary>What the held-out measurements have decided: how the run on all measurements goes.</summary>
/// <param name="Width">Columns of the damped stage.</param>
/// <param name="DampedIterations">Steps of the damped stage.</param>
/// <param name="Rank">The rank it is cut to.</param>
/// <param name="PolishIterations">Steps at that rank, or null to polish to the tolerance.</param>
/// <param name="Fit">What kind of data this seems to be.</param>
/// <param name="HoldOutResidual">The relative residual on held-out measurements, or null where none were held out.</param>
internal readonly record struct RecoveryPlan(
    int Width, int DampedIterations, int Rank, int? PolishIterations, FitQuality Fit, double? HoldOutResidual);
