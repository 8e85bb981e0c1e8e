namespace FastSensing.Tests.Solvers;

public sealed class SingleMethodTests : MethodContract<float>
{
    // The double bound times the ratio of the precisions, 5e8, would be 5e-2; 30 steps of contractive maps keep far below.
    protected override double RoundingBound => 1e-3;
}
