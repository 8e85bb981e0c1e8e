namespace FastSensing.Tests.Solvers;

public sealed class DoubleStepSizeRuleTests : StepSizeRuleContract<double>
{
    protected override int ExactExponent => 300;
}
