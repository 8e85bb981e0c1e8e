using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Tests.Solvers;

/// <summary>Steps make the operator calls that the docs of their methods declare.</summary>
public sealed class StepCallsTests
{
    private const int Steps = 10;

    /// <summary>Forward and adjoint calls of a step, a loss with its gradient being one, with one inner step where there are any; rejected steps come on top.</summary>
    private static readonly Dictionary<string, (int Calls, int Rejections)> s_declared = new()
    {
        ["symmetric-gradient-descent"] = (1, 0),
        ["factorized-gradient-descent"] = (1, 0),
        ["scaled-gradient-descent"] = (1, 0),
        ["damped-scaled-gradient-descent"] = (1, 0),
        ["asymmetric-damped-scaled-gradient-descent"] = (1, 0),
        ["preconditioned-gradient-descent"] = (1, 0),
        ["asymmetric-preconditioned-gradient-descent"] = (1, 0),
        ["balanced-gradient-descent"] = (1, 0),
        ["rebalanced-gradient-descent"] = (1, 0),
        ["accelerated-gradient-descent"] = (1, 0),
        ["momentum-inspired-gradient-descent"] = (1, 0),
        ["approximated-gauss-newton"] = (2, 0),
        ["scaled-subgradient-method"] = (2, 0),
        ["scaled-huber-descent"] = (2, 0),
        ["overparameterized-preconditioned-subgradient"] = (2, 0),
        ["scaled-stochastic-gradient-descent"] = (1, 0),
        ["alternating-least-squares"] = (4 + (2 * 2), 0),
        ["gauss-newton-matrix-recovery"] = (3 + 2, 0),
        ["gauss-newton-matrix-recovery-setting"] = (3 + 2, 0),
        ["singular-value-projection"] = (1, 0),
        ["normalized-iterative-hard-thresholding"] = (2, 0),
        ["nuclear-norm-proximal-gradient"] = (1, 0),
        ["semidefinite-nuclear-norm-proximal-gradient"] = (1, 0),
        ["projected-gradient-descent"] = (1, 0),
        ["minimum-nuclear-norm"] = (1, 0),
        ["semidefinite-minimum-nuclear-norm"] = (1, 0),
        ["gradient-flow"] = (6, 2),
    };

    public static TheoryData<string> Names => [.. MethodCatalog<double>.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_OfEachMethod_MakesTheCallsThatItsDocDeclares(string name)
    {
        MethodDescription<double> description = SolverSetUps.Describe<double>(name);
        (int calls, int rejections) = s_declared[name];
        SensingProblem<double> easy = SolverSetUps.Easy(description).Problem;
        CountingOperator<double> op = CountingOperator<double>.Around(easy.Operator);
        using IIterativeMethod<double> method = description.Create(
            new SensingProblem<double>(op, easy.Measurements, easy.Structure), new MethodOptions { Width = 2, InnerSteps = 1 });
        method.Initialize();
        method.Step();
        method.Step();
        op.Reset();
        for (int i = 0; i < Steps; i++)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        Assert.InRange(op.Calls, Steps * calls, (Steps + rejections) * calls);
    }
}
