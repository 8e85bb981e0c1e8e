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

namespace FastSensing.Tests.Solvers;

/// <summary>
/// C15: with commuting A_i (n = 20, six diagonal matrices) the flow from U U^T = alpha I is X = exp(A*(s)) alpha exp(A*(s)),
/// and 2 s / (-log alpha) becomes a dual certificate of least nuclear norm as alpha goes to 0.
/// </summary>
public sealed class PaperChecksCommuting
{
    private const int Size = 20;
    private const int Count = 6;

    private static readonly double[] s_starts = [1e-2, 1e-6, 1e-12, 1e-24];

    /// <summary>Gradient descent is the flow by Euler steps: its s sums up the residuals, and the formula fails by O(eta).</summary>
    [Fact]
    public void C15_EulerSteps_FollowTheFormulaToFirstOrder()
    {
        (SensingProblem<double> problem, double[] diagonals) = Commuting(seed: 1);
        double[] errors = [.. new[] { 4e-3, 2e-3, 1e-3 }.Select(eta => EulerError(problem, diagonals, eta))];
        Assert.True(errors[2] <= 2e-2, $"{string.Join(", ", errors)}");
        Assert.InRange(errors[0] / errors[1], 1.7, 2.3);
        Assert.InRange(errors[1] / errors[2], 1.7, 2.3);
    }

    /// <summary>
    /// Of the limit only X is needed: log(X_jj / alpha) / 2 must be a combination of the diagonals, with s for coefficients.
    /// </summary>
    [Fact]
    public void C15_Flow_IsTheFormulaAndItsMultipliersCertifyLeastNuclearNorm()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            (SensingProblem<double> problem, double[] diagonals) = Commuting(seed);
            (DualCertificate Certificate, double Violation)[] rows = [.. s_starts.Select(alpha => Flow(problem, diagonals, alpha))];
            string seen = string.Join("; ", rows.Select(row =>
                $"gap {row.Certificate.RelativeGap:g3}, largest {row.Certificate.LargestValue:g5}, violation {row.Violation:e1}"));
            for (int i = 0; i < rows.Length; i++)
            {
                double logarithm = -Math.Log(s_starts[i]);
                Assert.True(rows[i].Violation <= 1e-6, $"seed {seed}: {seen}");
                Assert.True(rows[i].Certificate.LargestValue <= 1 + (1 / logarithm), $"seed {seed}: {seen}");
                Assert.True(rows[i].Certificate.RelativeGap > 0, $"seed {seed}: {seen}");
            }

            // c / log(1 / alpha): from 27.6 to 55.3 halved.
            Assert.InRange(rows[2].Certificate.RelativeGap / rows[3].Certificate.RelativeGap, 1.7, 2.4);
            Assert.True(rows[3].Certificate.RelativeGap <= 0.05, $"seed {seed}: {seen}");
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
            truth[j * (Size + 1)] = (j + 1.0) / (Size * 5.0);
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

    private static (DualCertificate Certificate, double Violation) Flow(SensingProblem<double> problem, double[] diagonals, double alpha)
    {
        using GradientFlow<double> flow = new(problem, new MethodOptions { Width = Size, IntegrationTolerance = 1e-9 });
        flow.InitializeAt(Start(alpha).AsMatrix(Size), Start(alpha).AsMatrix(Size));
        SolveResult<double> result = Solver.Run(flow, new StopWhenResidualBelow(1e-7) | new StopAfterIterations(20_000));
        Assert.True(result.Status == SolveStatus.Converged, $"alpha {alpha}: {result.Status} at {result.RelativeResidual:e1} after {result.Iterations}");
        Vector<double> exponents = Vector<double>.Build.Dense(Size, j => Math.Log(Math.Abs(flow.Current.Left[j, j]) / Math.Sqrt(alpha)));
        Matrix<double> basis = Matrix<double>.Build.DenseOfRowMajor(Count, Size, diagonals).Transpose();
        Vector<double> s = basis.QR().Solve(exponents);
        double violation = ((basis * s) - exponents).L2Norm() / exponents.L2Norm();
        DualCertificate certificate = DualCertificate.Of<double>(
            problem, DualCertificate.MultipliersOfFlow(s.ToArray(), alpha), flow.Current.Left, flow.Current.Left);
        return (certificate, violation);
    }
}
