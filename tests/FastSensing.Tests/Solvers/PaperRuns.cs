using System.Globalization;
using FastSensing.Diagnostics;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.LeastSquares;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>Runs, fits and facts that the checks of the papers share.</summary>
internal static class PaperRuns
{
    public static readonly ulong[] Seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    /// <summary>||X_t - X*||_F^2 for t = 0, 1, ... up to the last iteration, or up to the first one at most <paramref name="least"/>.</summary>
    public static double[] SquaredErrors(IIterativeMethod<double> method, PlantedProblem<double> planted, int iterations, double least = 0)
    {
        double squaredNorm = planted.Truth.Elements().Sum(x => x * x);
        Trace<double> trace = new(iterations + 2, new RecoveryErrorObserver<double>(planted.Truth, Math.Sqrt(least / squaredNorm)));
        SolveResult<double> result = Solver.Run(
            method, new StopAfterIterations(iterations), new RunOptions<double> { Observer = trace, DivergenceFactor = double.PositiveInfinity });
        Assert.True(result.Status is SolveStatus.IterationLimit or SolveStatus.StoppedByObserver, $"{method.Name}: {result.Status}");
        return [.. trace.Points.ToArray().Select(point => point.RecoveryError * point.RecoveryError * squaredNorm)];
    }

    /// <summary>The first iteration with ||X_t - X*||_F / ||X*||_F below the error; infinity where the limit comes first or the run fails.</summary>
    public static double IterationsTo(IIterativeMethod<double> method, PlantedProblem<double> planted, double error, int limit)
    {
        RecoveryErrorObserver<double> observer = new(planted.Truth, stopBelow: error);
        RunOptions<double> options = new() { Observer = observer, DivergenceFactor = double.PositiveInfinity };
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(limit), options);
        return result.Status == SolveStatus.StoppedByObserver ? result.Iterations : double.PositiveInfinity;
    }

    /// <summary>||X - X*||_F / ||X*||_F after a number of iterations.</summary>
    public static double ErrorAfter(IIterativeMethod<double> method, PlantedProblem<double> planted, int iterations)
    {
        RunOptions<double> options = new() { DivergenceFactor = double.PositiveInfinity };
        SolveResult<double> result = Solver.Run(method, new StopAfterIterations(iterations), options);
        return MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);
    }

    /// <summary>The slope of log(errors) per iteration, over the stretch where they fall from one value to another.</summary>
    public static double Slope(double[] errors, double from, double to)
    {
        int first = Array.FindIndex(errors, error => error <= from);
        int last = Array.FindIndex(errors, error => error <= to);
        Assert.True(first >= 0 && last > first + 5, $"the error goes from {errors[0]:e2} to {errors[^1]:e2}, not through {from:e0} to {to:e0}");
        return Slope(
            [.. Enumerable.Range(first, last - first).Select(t => (double)t)], [.. errors[first..last].Select(error => Math.Log(error))]);
    }

    /// <summary>The slope of log(errors) over log(t), between two times.</summary>
    public static double LogLogSlope(double[] errors, int from, int to)
    {
        int[] times = [.. Enumerable.Range(0, 21).Select(i => (int)Math.Round(from * Math.Pow((double)to / from, i / 20.0)))];
        return Slope([.. times.Select(t => Math.Log(t))], [.. times.Select(t => Math.Log(errors[t]))]);
    }

    public static double Slope(double[] x, double[] y)
    {
        (double meanX, double meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    /// <summary>What sensing a set-up is: measurements, degrees of freedom, unknowns, and how far off the minimum-norm solution is.</summary>
    public static string Facts(PlantedProblem<double> planted, int rank)
    {
        SensingProblem<double> problem = planted.Problem;
        int m = problem.Operator.MeasurementCount;
        long freedom = problem.DegreesOfFreedom(rank);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"m = {m} = {(double)m / freedom:f2} dof = {(double)m / problem.Unknowns:f2} of {problem.Unknowns} unknowns (dof {freedom}), minimum-norm error {MinimumNormError(planted):e1}");
    }

    /// <summary>Fails unless the set-up is one of compressed sensing: m between 2.5 and 6 degrees of freedom and at most 0.6 of the unknowns.</summary>
    public static void AssertCompressed(PlantedProblem<double> planted, int rank)
    {
        double m = planted.Problem.Operator.MeasurementCount;
        Assert.InRange(m / planted.Problem.DegreesOfFreedom(rank), 2.5, 6);
        Assert.True(m <= 0.6 * planted.Problem.Unknowns);
        Assert.True(MinimumNormError(planted) > 0.3);
    }

    /// <summary>||X - X*||_F / ||X*||_F of the X of least norm that fits the measurements.</summary>
    public static double MinimumNormError(PlantedProblem<double> planted) =>
        RecoveryError.Of(MinimumNorm.Solve(planted.Problem).AsMatrix(planted.Truth.Rows), planted.Truth);
}
