using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Methods that become others in the limit, and for symmetric problems, and those that they are from equal factors.</summary>
public sealed class PaperChecksEquivalences
{
    private static readonly SensingProblem<double> General = SolverSetUps.Easy<double>(MatrixStructure.General).Problem.WithRank(2);

    private static readonly SensingProblem<double> Identity = SolverSetUps.Population(
        8, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = MatrixStructure.Symmetric }).Problem;

    /// <summary>A method for symmetric problems and the one for general problems that it is, started from equal factors.</summary>
    public static TheoryData<string, string> SymmetricAndGeneral => new()
    {
        { "symmetric-gradient-descent", "factorized-gradient-descent" },
        { "symmetric-gradient-descent", "balanced-gradient-descent" },
        { "damped-scaled-gradient-descent", "asymmetric-damped-scaled-gradient-descent" },
    };

    /// <summary>ScaledGD(lambda) with lambda to infinity and the step eta lambda is gradient descent.</summary>
    [Fact]
    public void C11_DampedScaledGradientDescent_LargeDampingIsGradientDescent()
    {
        SensingProblem<double> problem = SolverSetUps.Easy<double>(MatrixStructure.Symmetric).Problem;
        MethodOptions options = new() { Width = 4, InitialScale = 0.1 };
        using SymmetricGradientDescent<double> plain = new(problem, options with { StepSize = new AbsoluteStepSize(0.2) });
        using DampedScaledGradientDescent<double> damped = new(
            problem, options with { StepSize = new AbsoluteStepSize(0.2e8), Damping = new ConstantDamping(1e8) });
        Solver.Run(plain, new StopAfterIterations(50));
        Solver.Run(damped, new StopAfterIterations(50));
        SolverSetUps.AssertClose(plain.Factors(), damped.Factors(), 1e-6);
    }

    /// <summary>ScaledGD(lambda) with lambda = 0 at the rank is ScaledGD: from L = R = X both factors stay X.</summary>
    [Fact]
    public void C11_DampedScaledGradientDescent_ZeroDampingIsScaledGradientDescent()
    {
        PlantedProblem<double> planted = SolverSetUps.Population(8, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = MatrixStructure.Symmetric });
        SensingProblem<double> general = new(planted.Problem.Operator, planted.Problem.Measurements, MatrixStructure.General, rank: 2);
        using DampedScaledGradientDescent<double> damped = new(
            planted.Problem, new MethodOptions { Width = 2, StepSize = 0.5, Damping = 0.0 });
        using ScaledGradientDescent<double> scaled = new(general, new MethodOptions { StepSize = 0.5 });
        double[] start = SolverSetUps.Normals<double>(16, seed: 5);
        ReadOnlyMatrixSpan<double> factor = new(start, 8, 2);
        damped.InitializeAt(factor, factor);
        scaled.InitializeAt(factor, factor);
        Solver.Run(damped, new StopAfterIterations(10));
        Solver.Run(scaled, new StopAfterIterations(10));
        SolverSetUps.AssertClose(damped.Factors(), scaled.Factors(), 1e-10);
    }

    [Fact]
    public void AsymmetricScaledGDLambda_WithoutDamping_IsScaledGD()
    {
        MethodOptions options = new() { Width = 2, StepSize = 0.5, Damping = 0.0 };
        using AsymmetricDampedScaledGradientDescent<double> damped = new(General, options);
        using ScaledGradientDescent<double> plain = new(General, options);
        AssertSameWay(damped, plain, Start(9, 2, 1), Start(8, 2, 2), 1e-13);
    }

    [Fact]
    public void AsymmetricScaledGDLambda_WithInfiniteDamping_IsGradientDescent()
    {
        MethodOptions options = new() { Width = 3 };
        using AsymmetricDampedScaledGradientDescent<double> damped = new(
            General, options with { StepSize = new AbsoluteStepSize(0.05e8), Damping = 1e8 });
        using FactorizedGradientDescent<double> plain = new(General, options with { StepSize = new AbsoluteStepSize(0.05) });
        AssertSameWay(damped, plain, Start(9, 3, 1), Start(8, 3, 2), 1e-6);
    }

    /// <summary>PrecGD is ScaledGD(lambda) from elsewhere, with another rule: from the same factors with the same rule the same.</summary>
    [Fact]
    public void PrecGD_FromTheSameFactorsWithTheSameRule_IsScaledGDLambda()
    {
        MethodOptions options = new() { Width = 3, StepSize = 0.3, Damping = new LossDamping(2) };
        using AsymmetricDampedScaledGradientDescent<double> named = new(General, options);
        using AsymmetricDampedScaledGradientDescent<double> other = AsymmetricDampedScaledGradientDescent<double>.PrecGD(General, options);
        AssertSameWay(named, other, Start(9, 3, 1), Start(8, 3, 2), 0);
    }

    /// <summary>At the rank the pseudo-inverse is the inverse: AGN is alternating ScaledGD, written out here with 2 x 2 inverses.</summary>
    [Fact]
    public void AGN_AtTheRank_IsAlternatingScaledGD()
    {
        const double step = 0.5;
        using ApproximatedGaussNewton<double> method = new(General, new MethodOptions { StepSize = step });
        double[] left = Start(9, 2, 1);
        double[] right = Start(8, 2, 2);
        method.InitializeAt(left.AsMatrix(9), right.AsMatrix(8));
        for (int i = 0; i < 10; i++)
        {
            Subtract(left, step, SolverSetUps.Product(Gradients(left, right).Left, 9, InverseGram(right), 2));
            Subtract(right, step, SolverSetUps.Product(Gradients(left, right).Right, 8, InverseGram(left), 2));
            method.Step();
            SolverSetUps.AssertClose(left, method.Current.Left.Elements(), 1e-11);
            SolverSetUps.AssertClose(right, method.Current.Right.Elements(), 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(SymmetricAndGeneral))]
    public void GeneralMethod_FromEqualFactors_IsTheSymmetricOne(string symmetric, string general)
    {
        MethodOptions options = new() { Width = 3, StepSize = 0.2 };
        using IIterativeMethod<double> one = SolverSetUps.Describe<double>(symmetric).Create(Identity, options);
        using IIterativeMethod<double> two = SolverSetUps.Describe<double>(general).Create(
            new SensingProblem<double>(Identity.Operator, Identity.Measurements), options);
        double[] start = Start(8, 3, 3);
        AssertSameWay(one, two, start, start, 1e-11);
    }

    /// <summary>The general loss of equal factors is twice the symmetric one, so the damping of PrecGD is sqrt(2) times as large.</summary>
    [Fact]
    public void GeneralPrecGD_FromEqualFactors_IsTheSymmetricOneWithTheSameDamping()
    {
        MethodOptions options = new() { Width = 3, StepSize = 0.2 };
        using DampedScaledGradientDescent<double> one = DampedScaledGradientDescent<double>.PrecGD(
            Identity, options with { Damping = new LossDamping(Math.Sqrt(2)) });
        using AsymmetricDampedScaledGradientDescent<double> two = AsymmetricDampedScaledGradientDescent<double>.PrecGD(
            new SensingProblem<double>(Identity.Operator, Identity.Measurements), options with { Damping = new LossDamping() });
        double[] start = Start(8, 3, 3);
        AssertSameWay(one, two, start, start, 1e-11);
    }

    [Fact]
    public void Momentum_OfNone_IsGradientDescent()
    {
        MethodOptions options = new() { Width = 3, StepSize = 0.2, Momentum = 0 };
        using MomentumInspiredGradientDescent<double> momentum = new(Identity, options);
        using SymmetricGradientDescent<double> plain = new(Identity, options);
        double[] start = Start(8, 3, 4);
        AssertSameWay(momentum, plain, start, start, 1e-14);
    }

    [Fact]
    public void Momentum_OfSome_IsTheUpdateOfItsFormula()
    {
        const double momentum = 0.6;
        using MomentumInspiredGradientDescent<double> method = new(
            Identity, new MethodOptions { Width = 3, StepSize = new AbsoluteStepSize(0.2), Momentum = momentum });
        double[] z = Start(8, 3, 4);
        double[] u = [.. z];
        method.InitializeAt(z.AsMatrix(8), z.AsMatrix(8));
        double[] truth = Identity.Measurements.ToArray();
        for (int i = 0; i < 8; i++)
        {
            double[] next = [.. z];
            double[] square = new double[64];
            new ManagedBlas<double>().Gemm(1, z.AsMatrix(8), z.AsMatrix(8).Transpose(), 0, new MatrixSpan<double>(square, 8, 8));
            Subtract(square, 1, truth);
            Subtract(next, 0.2, SolverSetUps.Product(square, 8, z, 3));
            z = [.. next.Zip(u, (x, y) => x + (momentum * (x - y)))];
            u = next;
            method.Step();
            SolverSetUps.AssertClose(z, method.Current.Left.Elements(), 1e-12);
        }
    }

    /// <summary>Long enough for its weight to grow, and for restarts.</summary>
    [Fact]
    public void Momentum_OfNesterov_IsTheUpdateOfItsFormula()
    {
        const double step = 0.3;
        using AcceleratedGradientDescent<double> method = new(General, new MethodOptions { Width = 2, StepSize = new AbsoluteStepSize(step) });
        (double[] zLeft, double[] zRight) = (Start(9, 2, 4), Start(8, 2, 5));
        (double[] xLeft, double[] xRight) = ([.. zLeft], [.. zRight]);
        method.InitializeAt(zLeft.AsMatrix(9), zRight.AsMatrix(8));
        (double a, int restarts) = (1, 0);
        for (int i = 0; i < 60; i++)
        {
            (double[] left, double[] right) = Gradients(zLeft, zRight);
            (double[] nextLeft, double[] nextRight) = ([.. zLeft], [.. zRight]);
            Subtract(nextLeft, step, left);
            Subtract(nextRight, step, right);
            bool turned = Along(left, nextLeft, xLeft) + Along(right, nextRight, xRight) > 0;
            (double older, a) = turned ? (1, 1) : (a, (1 + Math.Sqrt(1 + (4 * a * a))) / 2);
            restarts += turned ? 1 : 0;
            zLeft = [.. nextLeft.Zip(xLeft, (next, x) => next + ((older - 1) / a * (next - x)))];
            zRight = [.. nextRight.Zip(xRight, (next, x) => next + ((older - 1) / a * (next - x)))];
            (xLeft, xRight) = (nextLeft, nextRight);
            method.Step();
            SolverSetUps.AssertClose(zLeft, method.Current.Left.Elements(), 1e-9);
            SolverSetUps.AssertClose(zRight, method.Current.Right.Elements(), 1e-9);
        }

        Assert.InRange(restarts, 1, 10);
    }

    /// <summary>&lt;gradient, next - x&gt;.</summary>
    private static double Along(double[] gradient, double[] next, double[] x) => gradient.Select((g, i) => g * (next[i] - x[i])).Sum();

    /// <summary>Factors of about the size of those of X*.</summary>
    private static double[] Start(int rows, int width, ulong seed) =>
        Array.ConvertAll(SolverSetUps.Normals<double>(rows * width, seed), value => 0.3 * value);

    private static void AssertSameWay(IIterativeMethod<double> one, IIterativeMethod<double> two, double[] left, double[] right, double bound)
    {
        one.InitializeAt(left.AsMatrix(one.Problem.Operator.Rows), right.AsMatrix(8));
        two.InitializeAt(left.AsMatrix(one.Problem.Operator.Rows), right.AsMatrix(8));
        Solver.Run(one, new StopAfterIterations(20));
        Solver.Run(two, new StopAfterIterations(20));
        Assert.Equal(20, one.Current.Progress.Iteration);
        SolverSetUps.AssertClose(one.Factors(), two.Factors(), bound);
    }

    private static (double[] Left, double[] Right) Gradients(double[] left, double[] right)
    {
        IMeasurementOperator<double> op = General.Operator;
        double scale = op.ScaleFor(MatrixStructure.General);
        double[] gradientLeft = new double[18];
        double[] gradientRight = new double[16];
        op.LossAndGradient(
            new FactorPair<double>(left.AsMatrix(9), right.AsMatrix(8)), General.Measurements.Span, new double[op.MeasurementCount],
            new MatrixSpan<double>(gradientLeft, 9, 2), new MatrixSpan<double>(gradientRight, 8, 2), new double[op.ScratchLength(2)]);
        return (Array.ConvertAll(gradientLeft, x => x / (scale * scale)), Array.ConvertAll(gradientRight, x => x / (scale * scale)));
    }

    /// <summary>(F^T F)^-1 for two columns.</summary>
    private static double[] InverseGram(double[] factor)
    {
        double a = 0;
        double b = 0;
        double d = 0;
        for (int i = 0; i < factor.Length; i += 2)
        {
            a += factor[i] * factor[i];
            b += factor[i] * factor[i + 1];
            d += factor[i + 1] * factor[i + 1];
        }

        double determinant = (a * d) - (b * b);
        return [d / determinant, -b / determinant, -b / determinant, a / determinant];
    }

    private static void Subtract(double[] from, double step, double[] direction)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] -= step * direction[i];
        }
    }
}
