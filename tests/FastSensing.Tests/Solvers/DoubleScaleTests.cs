namespace FastSensing.Tests.Solvers;

public sealed class DoubleScaleTests : ScaleContract<double>
{
    protected override double RoundingBound => 1e-10;

    protected override int ExactExponent => 300;

    // 1e144: the products of A with its adjoint are at 1e288.
    protected override int FarthestOperatorExponent => 480;

    protected override int FarthestMeasurementExponent => 900;
}
