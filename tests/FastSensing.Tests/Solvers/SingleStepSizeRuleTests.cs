namespace FastSensing.Tests.Solvers;

public sealed class SingleStepSizeRuleTests : StepSizeRuleContract<float>
{
    protected override int ExactExponent => 40;
}
