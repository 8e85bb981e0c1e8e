using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Cli.Demo;

/// <summary>Runs the methods of the demo on one problem, side by side and untuned: given methods know the rank, Solve does not.</summary>
internal sealed class DemoRunner(DemoCase demo, ulong seed, CancellationToken cancellation)
{
    private const int Iterations = 800;
    private const int CurvePoints = 1024;

    /// <summary>The methods that fit the problem, each a name and what runs it.</summary>
    public IEnumerable<(DemoMethod Method, Func<DemoOutcome> Run)> Methods()
    {
        SensingProblem<double> problem = demo.Problem;
        MethodOptions options = new() { Width = demo.Rank, Seed = seed };
        if (problem.Structure == MatrixStructure.Symmetric)
        {
            SensingProblem<double> general = new(problem.Operator, problem.Measurements);
            yield return Row(new("Gradient descent, L Rᵀ", 3), () => new FactorizedGradientDescent<double>(general, options));
            yield return Row(new("Gradient descent, U Uᵀ", 0), () => new SymmetricGradientDescent<double>(problem, options));
            yield return Row(new("ScaledGD(λ)", 1), () => new DampedScaledGradientDescent<double>(problem, options));
        }
        else
        {
            yield return Row(new("Gradient descent", 0), () => new FactorizedGradientDescent<double>(problem, options));
            yield return Row(new("ScaledGD(λ)", 1), () => new AsymmetricDampedScaledGradientDescent<double>(problem, options));
        }

        DemoMethod solve = new("Solve", 2);
        yield return (solve, () => Solve(solve));
    }

    private (DemoMethod Method, Func<DemoOutcome> Run) Row(DemoMethod shown, Func<IIterativeMethod<double>> create) => (shown, () =>
    {
        using IIterativeMethod<double> method = create();
        Trace<double> trace = NewTrace();
        StoppingCriterion stop = new StopWhenResidualBelow(DefaultTolerance.Double) | new StopAfterIterations(Iterations);
        SolveResult<double> result = Solver.Run(method, stop, new RunOptions<double> { Observer = trace, CancellationToken = cancellation });
        return Outcome(shown, result, trace);
    }
    );

    private DemoOutcome Solve(DemoMethod shown)
    {
        Trace<double> trace = NewTrace();
        SolveOptions<double> options = new() { Seed = seed, Trace = trace };
        return Outcome(shown, MatrixSensing.Solve(demo.Problem, options, cancellation), trace);
    }

    private Trace<double> NewTrace() => new(CurvePoints, new RecoveryErrorObserver<double>(Truth()));

    private ReadOnlyMatrixSpan<double> Truth() => new(demo.Truth, demo.Problem.Operator.Rows, demo.Problem.Operator.Columns);

    private DemoOutcome Outcome(DemoMethod shown, SolveResult<double> result, Trace<double> trace)
    {
        IMeasurementOperator<double> op = demo.Problem.Operator;
        double[] recovered = new double[demo.Truth.Length];
        op.Blas.Gemm(1, result.Left, result.Right.Transpose(), 0, new MatrixSpan<double>(recovered, op.Rows, op.Columns));
        double[] x = new double[trace.Count];
        double[] y = new double[trace.Count];
        for (int i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = (trace.Points[i].Progress.Iteration, trace.Points[i].RecoveryError);
        }

        return new DemoOutcome
        {
            Method = shown,
            Status = result.Status,
            Rank = result.Rank,
            RecoveryError = MatrixSensing.RecoveryError(result.Left, result.Right, Truth()),
            Iterations = result.Iterations,
            SecondsPerIteration = result.SecondsPerIteration,
            AllocatedBytesPerIteration = result.AllocatedBytesPerIteration,
            Recovered = recovered,
            CurveX = x,
            CurveY = y,
        };
    }
}
