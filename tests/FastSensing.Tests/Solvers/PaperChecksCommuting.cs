using FastSensing.Diagnostics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;
using MathNet.Numerics.LinearAlgebra;
using Xunit.Abstractions;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// C15: with commuting A_i (n = 20, six diagonal matrices) the flow from U U^T = alpha I is X = exp(A*(s)) alpha exp(A*(s)),
/// and 2 s / (-log alpha) becomes a dual certificate of least nuclear norm as alpha goes to 0.
/// </summary>
public sealed class PaperChecksCommuting(ITestOutputHelper output)
{
    private const int Size = 20;
    private const int Count = 6;

    private static readonly double[] s_starts = [1e-2, 1e-6, 1e-12, 1e-24];

    /// <summary>Gradient descent is the flow by Euler steps: its s sums up the residuals, and the formula fails by O(eta).</summary>
    [Fact]
    public void C15_EulerSteps_FollowTheFormulaToFirstOrder()
    {
        (SensingProblem<double> problem, double[] diagonals) = Commuting(seed: 1);
        double[] errors = [.. new[] { 2e-3, 1e-3, 5e-4 }.Select(eta => EulerError(problem, diagonals, eta))];
        Assert.True(errors[2] <= 2e-2, $"{string.Join(", ", errors)}");
        Assert.InRange(errors[0] / errors[1], 1.7, 2.3);
        Assert.InRange(errors[1] / errors[2], 1.7, 2.3);
    }

    /// <summary>
    /// Of the limit only X is needed: log(X_jj / alpha) / 2 must be a combination of the diagonals, with s for coefficients.
    /// Then A*(nu) is diagonal with 1 + ln(X_jj) / ln(1 / alpha), and the gap is the mean of -ln(X_jj), weighted by X_jj, over
    /// ln(1 / alpha): tight for every alpha and seed. The reference's X is not known, but its gaps say that this mean was about
    /// 1/2; y has a size here that makes it so, and then the medians are near. With alpha = 1e-2 the start is still seen.
    /// </summary>
    [Fact]
    public void C15_Flow_IsTheFormulaAndItsMultipliersCertifyLeastNuclearNorm()
    {
        double[] reference = [0.145, 0.038, 0.019, 0.0090];
        DualCertificate[][] runs = [.. PaperRuns.Seeds.Select(seed =>
        {
            (SensingProblem<double> problem, double[] diagonals) = Commuting(seed);
            return Array.ConvertAll(s_starts, alpha =>
            {
                (DualCertificate certificate, double violation, double[] x) = Flow(problem, diagonals, alpha);
                double mean = -x.Sum(value => value * Math.Log(value)) / x.Sum();
                Assert.True(violation <= 1e-6, $"seed {seed}, alpha {alpha}: {violation:e1}");
                Assert.Equal(mean / -Math.Log(alpha), certificate.RelativeGap, 1e-5);
                Assert.Equal(1 + (Math.Log(x.Max()) / -Math.Log(alpha)), certificate.LargestValue, 1e-5);
                return certificate;
            });
        })];
        double[] gaps = [.. s_starts.Select((_, i) => PaperRuns.Median(runs.Select(run => run[i].RelativeGap)))];
        double[] largest = [.. s_starts.Select((_, i) => PaperRuns.Median(runs.Select(run => run[i].LargestValue)))];
        output.WriteLine(
            $"C15: gaps {string.Join(" / ", gaps.Select(gap => $"{gap:f4}"))}, largest values {string.Join(" / ", largest.Select(value => $"{value:f4}"))}");
        Assert.InRange(gaps[0] / reference[0], 0.75, 1.6);
        Assert.All(gaps[1..].Zip(reference[1..]), pair => Assert.InRange(pair.First / pair.Second, 0.75, 1.25));
        Assert.All(largest.Zip(s_starts), pair => Assert.InRange((pair.First - 1) * -Math.Log(pair.Second), -0.25, 0.15));
        Assert.InRange(gaps[2] / gaps[3], 1.7, 2.4);
    }

    /// <summary>What the integrator is allowed decides how far the flow leaves the formula; a tolerance that is none is refused.</summary>
    [Fact]
    public void C15_Flow_ErrorFollowsTheTolerance()
    {
        (SensingProblem<double> problem, double[] diagonals) = Commuting(seed: 2);

        // Near its end the integrator keeps the residual at a multiple of the tolerance: both stop before that.
        double rough = Flow(problem, diagonals, 1e-6, 1e-5, 1e-3).Violation;
        double fine = Flow(problem, diagonals, 1e-6, 1e-8, 1e-3).Violation;
        Assert.True(rough <= 1e-2 && fine <= 1e-5, $"{rough:e1}, {fine:e1}");
        Assert.True(fine <= 0.05 * rough, $"{rough:e1}, {fine:e1}");
        foreach (double nonsense in new[] { 0, -1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new GradientFlow<double>(problem, new MethodOptions { IntegrationTolerance = nonsense }));
        }
    }

    /// <summary>
    /// Six diagonals with entries N(0, 1/6), and y of a positive diagonal without zeros: of the solutions the one of least
    /// nuclear norm has six elements, as many as there are measurements, and the flow gets there at a linear rate.
    /// </summary>
    private static (SensingProblem<double> Problem, double[] Diagonals) Commuting(ulong seed)
    {
        double[] diagonals = [.. SolverSetUps.Normals<double>(Count * Size, seed + 10).Select(value => value / Math.Sqrt(Count))];
        DiagonalOperator<double> op = new(new ManagedBlas<double>(), Size, Size, diagonals.AsMatrix(Count));
        double[] truth = new double[Size * Size];
        for (int j = 0; j < Size; j++)
        {
            truth[j * (Size + 1)] = 0.7 * (j + 1.0) / Size;
        }

        double[] y = op.Measure(truth.AsMatrix(Size));
        return (new SensingProblem<double>(op, y, MatrixStructure.Symmetric), diagonals);
    }

    private static double[] Start(double alpha)
    {
        double[] start = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            start[i * (Size + 1)] = Math.Sqrt(alpha);
        }

        return start;
    }

    private static double EulerError(SensingProblem<double> problem, double[] diagonals, double eta)
    {
        const double alpha = 1e-2;
        double scale = problem.Operator.ScaleFor(MatrixStructure.Symmetric);
        using SymmetricGradientDescent<double> method = new(problem, new MethodOptions { Width = Size, StepSize = new AbsoluteStepSize(eta) });
        method.InitializeAt(Start(alpha).AsMatrix(Size), Start(alpha).AsMatrix(Size));
        double[] s = new double[Count];
        double[] y = new double[Count];
        double[] scratch = new double[problem.Operator.ScratchLength(Size)];
        for (int step = 0; step < (int)Math.Round(2 / eta); step++)
        {
            problem.Operator.Forward(new FactorPair<double>(method.Current.Left, method.Current.Left), y, scratch);
            for (int i = 0; i < Count; i++)
            {
                s[i] -= eta / (scale * scale) * (y[i] - problem.Measurements.Span[i]);
            }

            Assert.Equal(SolveStatus.Running, method.Step());
        }

        double[] formula = new double[Size * Size];
        for (int j = 0; j < Size; j++)
        {
            formula[j * (Size + 1)] = alpha * Math.Exp(2 * Enumerable.Range(0, Count).Sum(i => s[i] * diagonals[(i * Size) + j]));
        }

        return RecoveryError.Of(method.Current.Left, method.Current.Left, formula.AsMatrix(Size));
    }

    private static (DualCertificate Certificate, double Violation, double[] X) Flow(
        SensingProblem<double> problem, double[] diagonals, double alpha, double tolerance = 1e-9, double residual = 1e-6)
    {
        using GradientFlow<double> flow = new(problem, new MethodOptions { Width = Size, IntegrationTolerance = tolerance });
        flow.InitializeAt(Start(alpha).AsMatrix(Size), Start(alpha).AsMatrix(Size));
        SolveResult<double> result = Solver.Run(flow, new StopWhenResidualBelow(residual) | new StopAfterIterations(20_000));
        Assert.True(result.Status == SolveStatus.Converged, $"alpha {alpha}: {result.Status} at {result.RelativeResidual:e1} after {result.Iterations}");
        Vector<double> exponents = Vector<double>.Build.Dense(Size, j => Math.Log(Math.Abs(flow.Current.Left[j, j]) / Math.Sqrt(alpha)));
        Matrix<double> basis = Matrix<double>.Build.DenseOfRowMajor(Count, Size, diagonals).Transpose();
        Vector<double> s = basis.QR().Solve(exponents);
        double violation = ((basis * s) - exponents).L2Norm() / exponents.L2Norm();
        DualCertificate certificate = DualCertificate.Of<double>(
            problem, DualCertificate.MultipliersOfFlow(s.ToArray(), alpha), flow.Current.Left, flow.Current.Left);
        return (certificate, violation, [.. exponents.Select(exponent => alpha * Math.Exp(2 * exponent))]);
    }
}
