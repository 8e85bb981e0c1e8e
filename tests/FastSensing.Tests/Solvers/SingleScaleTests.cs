namespace FastSensing.Tests.Solvers;

public sealed class SingleScaleTests : ScaleContract<float>
{
    // The double bound times the ratio of the precisions, 5e8, would be 5e-2; 30 steps of contractive maps keep far below.
    protected override double RoundingBound => 1e-3;

    protected override int ExactExponent => 40;

    // 1e20, whose square is beyond the range.
    protected override int FarthestOperatorExponent => 66;

    protected override int FarthestMeasurementExponent => 100;
}
