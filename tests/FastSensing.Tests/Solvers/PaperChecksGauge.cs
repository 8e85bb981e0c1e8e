using FastSensing.Diagnostics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>C19: what no method may see, a change of basis of the columns of its factors.</summary>
public sealed class PaperChecksGauge
{
    /// <summary>2 x 2, and its inverse transposed.</summary>
    private static readonly double[] s_basis = [2, 1, 0.5, 3];
    private static readonly double[] s_inverseTransposed = [3 / 5.5, -0.5 / 5.5, -1 / 5.5, 2 / 5.5];

    public static TheoryData<string> Names => [.. MethodCatalog<double>.All.Where(row => !AdaptsToElements(row)).Select(row => row.Name)];

    public static TheoryData<string> AdaptiveNames => [.. MethodCatalog<double>.All.Where(AdaptsToElements).Select(row => row.Name)];

    /// <summary>
    /// From (L Q, R Q) with an orthogonal Q every method of the catalog goes through the same X = L R^T as from (L, R), but
    /// for one that sets its steps by the elements of the factors, which Q changes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void C19_EveryMethod_GoesThroughTheSameMatricesFromRotatedFactors(string name)
    {
        MethodDescription<double> description = SolverSetUps.Describe<double>(name);
        MethodOptions options = new() { Width = description.Rank == RankKnowledge.Exact ? 2 : 3, RebalanceBelow = 1e6 };
        SensingProblem<double> problem = SolverSetUps.Easy(description).Problem;
        using IIterativeMethod<double> plain = description.Create(problem, options);
        using IIterativeMethod<double> rotated = description.Create(problem, options);
        int width = plain.Current.Left.Columns;
        (double[] left, double[] right) = Start(description.Structure, problem.Operator.Rows, width);
        double[] rotation = SolverSetUps.Orthogonal(width, 3);
        InitializeAt(plain, left, right);
        InitializeAt(rotated, SolverSetUps.Product(left, problem.Operator.Rows, rotation, width), SolverSetUps.Product(right, 8, rotation, width));
        for (int i = 0; i < 5; i++)
        {
            double[] before = plain.Product();
            Assert.Equal(SolveStatus.Running, plain.Step());
            Assert.Equal(SolveStatus.Running, rotated.Step());
            SolverSetUps.AssertClose(plain.Product(), rotated.Product(), 1e-10);
        }
    }

    /// <summary>Those go the same way at other paces: to the same X, as far as their tolerance says. With 20 of 36 unknowns measured and full width X depends on the start.</summary>
    [Theory]
    [MemberData(nameof(AdaptiveNames))]
    public void C19_AdaptiveMethod_GoesToTheSameMatrixFromRotatedFactors(string name)
    {
        MethodDescription<double> description = SolverSetUps.Describe<double>(name);
        PlantedProblem<double> planted = SolverSetUps.Gaussian<double>(8, 8, 20, new PlantedOptions { Rank = 2, Structure = description.Structure });
        using IIterativeMethod<double> method = description.Create(planted.Problem, new MethodOptions { Width = 8, IntegrationTolerance = 1e-9 });
        (double[] left, double[] right) = Start(description.Structure, 8, 8);
        double[] rotation = SolverSetUps.Orthogonal(8, 3);
        double[] Limit(double[] fromLeft, double[] fromRight)
        {
            InitializeAt(method, fromLeft, fromRight);
            Assert.Equal(SolveStatus.Converged, Solver.Run(method, new StopWhenResidualBelow(1e-7) | new StopAfterIterations(5000)).Status);
            return method.Product();
        }

        double[] limit = Limit(left, right);
        SolverSetUps.AssertClose(limit, Limit(SolverSetUps.Product(left, 8, rotation, 8), SolverSetUps.Product(right, 8, rotation, 8)), 1e-7);
        Assert.True(RecoveryError.Of(limit.AsMatrix(8), planted.Truth) > 0.01, "any start would lead there");
    }

    [Fact]
    public void C19_EveryStepSizeRule_CommutesWithRotationsOfTheColumns()
    {
        foreach (MethodDescription<double> description in MethodCatalog<double>.All.Where(row => row.ServesLineSearch))
        {
            foreach (StepSizeRule rule in new StepSizeRule[]
            {
                new RelativeStepSize(0.1), new ArmijoStepSize(), new ExactLineSearch(), new BarzilaiBorweinStepSize(), new PolyakStepSize(),
            })
            {
                SensingProblem<double> problem = SolverSetUps.Easy(description).Problem;
                using IIterativeMethod<double> method = description.Create(problem, new MethodOptions { Width = 3, StepSize = rule });
                (double[] left, double[] right) = Start(description.Structure, problem.Operator.Rows, 3);
                double[] rotation = SolverSetUps.Orthogonal(3, 3);
                AssertCommutes(method, left, right, rotation, rotation);
            }
        }
    }

    /// <summary>Without damping any change of basis will do: from L B and R B^-T to the same L R^T.</summary>
    [Theory]
    [InlineData("scaled-gradient-descent")]
    [InlineData("approximated-gauss-newton")]
    public void C19_WithoutDamping_CommutesWithEveryChangeOfBasis(string name)
    {
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(
            SolverSetUps.Easy<double>(MatrixStructure.General).Problem.WithRank(2), null);
        (double[] left, double[] right) = Start(MatrixStructure.General, 9, 2);
        AssertCommutes(method, left, right, s_basis, s_inverseTransposed);
    }

    /// <summary>Whether a method has an error to keep to, relative to each element: then it refuses a negative one.</summary>
    private static bool AdaptsToElements(MethodDescription<double> row)
    {
        SensingProblem<double> problem = SolverSetUps.Easy(row).Problem;
        return Record.Exception(() => row.Create(problem, new MethodOptions { Width = 2, IntegrationTolerance = -1 }).Dispose()) is not null;
    }

    /// <summary>Five steps from L B and R C lead to the factors of five steps from L and R, times B and C.</summary>
    private static void AssertCommutes(IIterativeMethod<double> method, double[] left, double[] right, double[] forLeft, double[] forRight)
    {
        int rows = method.Problem.Operator.Rows;
        int width = left.Length / rows;
        (double[] plainLeft, double[] plainRight) = FiveStepsFrom(method, left, right);
        (double[] otherLeft, double[] otherRight) = FiveStepsFrom(
            method, SolverSetUps.Product(left, rows, forLeft, width), SolverSetUps.Product(right, 8, forRight, width));
        SolverSetUps.AssertClose(SolverSetUps.Product(plainLeft, rows, forLeft, width), otherLeft, 1e-10);
        SolverSetUps.AssertClose(SolverSetUps.Product(plainRight, 8, forRight, width), otherRight, 1e-10);
    }

    private static (double[] Left, double[] Right) FiveStepsFrom(IIterativeMethod<double> method, double[] left, double[] right)
    {
        InitializeAt(method, left, right);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(SolveStatus.Running, method.Step());
        }

        return (method.Current.Left.Elements(), method.Current.Right.Elements());
    }

    private static void InitializeAt(IIterativeMethod<double> method, double[] left, double[] right) =>
        method.InitializeAt(left.AsMatrix(method.Problem.Operator.Rows), right.AsMatrix(method.Problem.Operator.Columns));

    /// <summary>Factors of about the size of those of X*; equal ones for a symmetric problem.</summary>
    private static (double[] Left, double[] Right) Start(MatrixStructure structure, int rows, int width)
    {
        double[] left = Array.ConvertAll(SolverSetUps.Normals<double>(rows * width, 1), value => 0.3 * value);
        return (left, structure == MatrixStructure.Symmetric ? left : Array.ConvertAll(SolverSetUps.Normals<double>(8 * width, 2), value => 0.3 * value));
    }
}
