namespace FastSensing.Tests.Solvers;

public sealed class DoubleMethodTests : MethodContract<double>
{
    protected override double RoundingBound => 1e-10;
}
