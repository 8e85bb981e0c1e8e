using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FastSensing.Tests.Solvers;

/// <summary>The methods that move X itself, step by step against their formulas written out with another library.</summary>
public sealed class MatrixMethodFormulaTests
{
    private const int Rows = 10;
    private const int Columns = 8;
    private const int Measurements = 55;
    private const int Steps = 8;
    private const int Rank = 2;

    private static readonly PlantedProblem<double> s_planted =
        SolverSetUps.Gaussian<double>(Rows, Columns, Measurements, new PlantedOptions { Rank = Rank, ConditionNumber = 3 });

    /// <summary>A / s, a row for each A_i, and y / s.</summary>
    private static readonly (Matrix<double> A, Vector<double> Y) s_isometric = Isometric();

    [Fact]
    public void NormalizedIterativeHardThresholding_FollowsItsFormula() => AssertFollows("normalized-iterative-hard-thresholding", (x, _, _, _) =>
    {
        Matrix<double> g = Gradient(x);
        Matrix<double> basis = x.Svd().U.SubMatrix(0, Rows, 0, Rank);
        Matrix<double> along = basis * basis.Transpose() * g;
        double eta = Math.Pow(along.FrobeniusNorm() / (s_isometric.A * Vec(along)).L2Norm(), 2);
        return (Truncated(x - (eta * g)), eta);
    });

    [Fact]
    public void SingularValueProjection_FollowsItsFormula() =>
        AssertFollows("singular-value-projection", (x, _, _, _) => (Truncated(x - (0.7 * Gradient(x))), 0.7));

    /// <summary>The step is 1 over a bound of ||A||^2 that the method finds by itself: at least that norm, and little more.</summary>
    [Fact]
    public void NuclearNormProximalGradient_FollowsItsFormula() => AssertFollows("nuclear-norm-proximal-gradient", (x, before, k, step) =>
    {
        double norm = Math.Pow(s_isometric.A.L2Norm(), 2);
        Assert.InRange(1 / step, norm, 1.1 * norm);
        double mu = Gradient(Matrix<double>.Build.Dense(Rows, Columns)).L2Norm() * 0.5 * Math.Pow(0.95, k);
        Matrix<double> point = x + ((k == 0 ? 0 : (k - 1.0) / (k + 2)) * (x - before));
        Svd<double> svd = (point - (step * Gradient(point))).Svd();
        Vector<double> shrunk = svd.S.Map(value => Math.Max(0, value - (mu * step)));
        return (svd.U.SubMatrix(0, Rows, 0, Columns) * Matrix<double>.Build.DiagonalOfDiagonalVector(shrunk) * svd.VT, step);
    });

    /// <summary>X_{k+1} and the step size from X_k, X_{k-1}, k and the step size that the method reports.</summary>
    private static void AssertFollows(string name, Func<Matrix<double>, Matrix<double>, int, double, (Matrix<double> Next, double Step)> formula)
    {
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(s_planted.Problem, new MethodOptions { Width = Rank });
        method.Initialize();
        Matrix<double> before = X(method);
        Matrix<double> here = before;
        for (int k = 0; k < Steps; k++)
        {
            method.Step();
            (Matrix<double> expected, double step) = formula(here, before, k, method.Current.Progress.StepSize);
            Assert.Equal(step, method.Current.Progress.StepSize, 1e-10);
            (before, here) = (here, X(method));
            double difference = (here - expected).FrobeniusNorm() / expected.FrobeniusNorm();
            Assert.True(difference <= 1e-8, $"step {k + 1}: {difference:e1} from the formula");
        }
    }

    private static Matrix<double> X(IIterativeMethod<double> method)
    {
        IterationInfo<double> current = method.Current;
        int width = current.Left.Columns;
        return Matrix<double>.Build.DenseOfRowMajor(Rows, width, current.Left.Elements())
            * Matrix<double>.Build.DenseOfRowMajor(Columns, width, current.Right.Elements()).Transpose();
    }

    private static Matrix<double> Gradient(Matrix<double> x) => Matrix<double>.Build.DenseOfRowMajor(
        Rows, Columns, s_isometric.A.TransposeThisAndMultiply((s_isometric.A * Vec(x)) - s_isometric.Y));

    private static Vector<double> Vec(Matrix<double> x) => Vector<double>.Build.DenseOfArray(x.ToRowMajorArray());

    private static Matrix<double> Truncated(Matrix<double> x)
    {
        Svd<double> svd = x.Svd();
        return svd.U.SubMatrix(0, Rows, 0, Rank) * Matrix<double>.Build.DiagonalOfDiagonalVector(svd.S.SubVector(0, Rank)) * svd.VT.SubMatrix(0, Rank, 0, Columns);
    }

    private static (Matrix<double> A, Vector<double> Y) Isometric()
    {
        IMeasurementOperator<double> op = s_planted.Problem.Operator;
        double scale = op.ScaleFor(MatrixStructure.General);
        Matrix<double> a = Matrix<double>.Build.Dense(Measurements, Rows * Columns);
        double[] one = new double[Rows * Columns];
        for (int i = 0; i < one.Length; i++)
        {
            one[i] = 1;
            a.SetColumn(i, op.Measure(one.AsMatrix(Rows)));
            one[i] = 0;
        }

        return (a / scale, Vector<double>.Build.DenseOfArray(s_planted.Problem.Measurements.ToArray()) / scale);
    }
}
