using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;

namespace FastSensing.Tests.Solvers;

/// <summary>The steps that the rules take, against their formulas computed anew from the iterates and the operator.</summary>
public sealed class StepSizeFormulaTests
{
    public static TheoryData<MatrixStructure> Structures => [MatrixStructure.General, MatrixStructure.Symmetric];

    [Theory]
    [MemberData(nameof(Structures))]
    public void Polyak_Steps_AreLossOverSquaredGradient(MatrixStructure structure)
    {
        using IIterativeMethod<double> method = Create(structure, new PolyakStepSize(1.5, clip: 1e6));
        for (int i = 0; i < 8; i++)
        {
            double loss = method.Current.Progress.Loss;
            double[] gradient = GradientAt(method);
            method.Step();
            Assert.Equal(1, 1.5 * loss / Dot(gradient, gradient) / method.Current.Progress.StepSize, 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void BarzilaiBorwein_Steps_AreTheShortQuotient(MatrixStructure structure)
    {
        using IIterativeMethod<double> method = Create(structure, new BarzilaiBorweinStepSize(0.2, clip: 1e6));
        double[] gradient = GradientAt(method);
        double[] at = FactorsOf(method);
        method.Step();
        int quotients = 0;
        for (int i = 0; i < 8; i++)
        {
            double[] change = Difference(FactorsOf(method), at);
            double[] turn = Difference(GradientAt(method), gradient);
            (at, gradient) = (FactorsOf(method), GradientAt(method));
            method.Step();
            double quotient = Dot(change, turn) / Dot(turn, turn);
            if (quotient > 0)
            {
                Assert.Equal(1, quotient / method.Current.Progress.StepSize, 1e-8);
                quotients++;
            }
        }

        Assert.True(quotients > 4);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Armijo_Steps_LowerTheLossAsAskedAndTwiceAsFarWouldNot(MatrixStructure structure)
    {
        ArmijoStepSize rule = new(first: 4, slope: 0.3);
        using IIterativeMethod<double> method = Create(structure, rule);
        using IIterativeMethod<double> further = Create(structure, rule);
        int halved = 0;
        double last = double.PositiveInfinity;
        for (int i = 0; i < 12; i++)
        {
            double loss = method.Current.Progress.Loss;
            double[] gradient = GradientAt(method);
            double[] at = FactorsOf(method);
            double slope = 0.3 * Dot(gradient, gradient);
            method.Step();
            double step = method.Current.Progress.StepSize;
            Assert.True(method.Current.Progress.Loss <= (loss - (step * slope)) * (1 + 1e-12));
            if (step <= last)
            {
                // Twice as far was tried before.
                double[] twice = [.. at.Zip(gradient, (x, g) => x - (2 * step * g))];
                GoTo(further, twice);
                Assert.True(further.Current.Progress.Loss > loss - (2 * step * slope));
                halved++;
            }

            last = step;
        }

        Assert.True(halved > 0);
    }

    [Fact]
    public void Rules_WithNonsense_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoStepSize(first: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoStepSize(slope: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoStepSize(slope: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoStepSize(slope: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactLineSearch(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactLineSearch(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarzilaiBorweinStepSize(first: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarzilaiBorweinStepSize(clip: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolyakStepSize(factor: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolyakStepSize(clip: double.NaN));
    }

    private static IIterativeMethod<double> Create(MatrixStructure structure, StepSizeRule rule)
    {
        SensingProblem<double> problem = SolverSetUps.Easy<double>(structure).Problem;
        MethodOptions options = new() { Width = 3, StepSize = rule, InitialScale = 0.5 };
        IIterativeMethod<double> method = structure == MatrixStructure.Symmetric
            ? new SymmetricGradientDescent<double>(problem, options)
            : new FactorizedGradientDescent<double>(problem, options);
        method.Initialize();
        return method;
    }

    /// <summary>The factors that move: one for symmetric problems, both otherwise.</summary>
    private static double[] FactorsOf(IIterativeMethod<double> method) =>
        method.Problem.Structure == MatrixStructure.Symmetric ? method.Current.Left.Elements() : method.Factors();

    private static void GoTo(IIterativeMethod<double> method, double[] factors)
    {
        int left = method.Problem.Operator.Rows * 3;
        double[] right = method.Problem.Structure == MatrixStructure.Symmetric ? factors : factors[left..];
        method.InitializeAt(factors[..left].AsMatrix(left / 3), right.AsMatrix(right.Length / 3));
    }

    /// <summary>(G R, G^T L) with G = A*(res) / s^2 formed as a matrix, or sym(G) U.</summary>
    private static double[] GradientAt(IIterativeMethod<double> method)
    {
        IMeasurementOperator<double> op = method.Problem.Operator;
        bool symmetric = method.Problem.Structure == MatrixStructure.Symmetric;
        double scale = op.ScaleFor(method.Problem.Structure);
        double[] residual = new double[op.MeasurementCount];
        op.Forward(new FactorPair<double>(method.Current.Left, method.Current.Right), residual, new double[op.ScratchLength(3)]);
        residual = [.. residual.Zip(method.Problem.Measurements.ToArray(), (a, y) => (a - y) / (scale * scale))];
        double[] g = new double[op.Rows * op.Columns];
        op.Adjoint(residual, new MatrixSpan<double>(g, op.Rows, op.Columns), new double[op.ScratchLength(1)]);
        double[] transposed = new double[g.Length];
        g.AsMatrix(op.Rows).Transpose().CopyTo(new MatrixSpan<double>(transposed, op.Columns, op.Rows));
        if (symmetric)
        {
            double[] mean = [.. g.Zip(transposed, (a, b) => 0.5 * (a + b))];
            return SolverSetUps.Product(mean, op.Rows, method.Current.Left.Elements(), 3);
        }

        return
        [
            .. SolverSetUps.Product(g, op.Rows, method.Current.Right.Elements(), 3),
            .. SolverSetUps.Product(transposed, op.Columns, method.Current.Left.Elements(), 3),
        ];
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];
}
