using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Tests.Solvers;

/// <summary>Steps make the operator calls that the docs of their methods declare.</summary>
public sealed class StepCallsTests
{
    /// <summary>What the doc of each method says of the cost of a step, in forward and adjoint calls, a loss with its gradient being one.</summary>
    [Theory]
    [InlineData("singular-value-projection", 1)]
    [InlineData("normalized-iterative-hard-thresholding", 2)]
    [InlineData("nuclear-norm-proximal-gradient", 1)]
    [InlineData("semidefinite-nuclear-norm-proximal-gradient", 1)]
    [InlineData("projected-gradient-descent", 1)]
    [InlineData("minimum-nuclear-norm", 1)]
    [InlineData("semidefinite-minimum-nuclear-norm", 1)]
    [InlineData("gradient-flow", 6, 2)]
    public void Step_OfEachMethod_MakesTheCallsThatItsDocDeclares(string name, int expected, int rejections = 0)
    {
        MethodDescription<double> description = SolverSetUps.Describe<double>(name);
        SensingProblem<double> easy = SolverSetUps.Easy<double>(description.Structure).Problem;
        CountingOperator<double> op = new(easy.Operator);
        using IIterativeMethod<double> method = description.Create(
            new SensingProblem<double>(op, easy.Measurements, easy.Structure), new MethodOptions { Width = 2 });
        method.Initialize();
        method.Step();
        method.Step();
        int before = op.Calls;
        for (int i = 0; i < 10; i++)
        {
            method.Step();
        }

        Assert.InRange(op.Calls - before, 10 * expected, (10 + rejections) * expected);
    }
}
