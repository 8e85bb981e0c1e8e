using System.Globalization;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
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

    /// <summary>||X - X*||_F / ||X*||_F of the least X with A(X) = A(X*), by conjugate gradients on A A* z = y.</summary>
    public static double MinimumNormError(PlantedProblem<double> planted)
    {
        IMeasurementOperator<double> op = planted.Problem.Operator;
        if (op.MeasurementCount >= planted.Problem.Unknowns)
        {
            return 0;
        }

        double[] x = new double[op.Rows * op.Columns];
        double[] scratch = new double[op.ScratchLength(1)];
        double[] z = new double[op.MeasurementCount];
        double[] residual = [.. planted.Problem.Measurements.ToArray()];
        double[] direction = [.. residual];
        double squared = Level1.Dot<double>(residual, residual);
        double enough = 1e-24 * squared;
        for (int i = 0; i < 2 * z.Length && squared > enough; i++)
        {
            double[] image = op.Measure(SymmetrizedAdjoint(planted.Problem, direction, x, scratch));
            double step = squared / Level1.Dot<double>(direction, image);
            Level1.Axpy(step, direction, z);
            Level1.Axpy(-step, image, residual);
            double next = Level1.Dot<double>(residual, residual);
            double ratio = next / squared;
            direction = [.. residual.Zip(direction, (r, d) => r + (ratio * d))];
            squared = next;
        }

        SymmetrizedAdjoint(planted.Problem, z, x, scratch);
        double[] truth = planted.Truth.Elements();
        return Math.Sqrt(x.Zip(truth, (a, b) => (a - b) * (a - b)).Sum() / truth.Sum(b => b * b));
    }

    /// <summary>x &#8592; A*(z), its symmetric part for symmetric problems.</summary>
    private static ReadOnlyMatrixSpan<double> SymmetrizedAdjoint(SensingProblem<double> problem, double[] z, double[] x, double[] scratch)
    {
        MatrixSpan<double> matrix = new(x, problem.Operator.Rows, problem.Operator.Columns);
        problem.Operator.Adjoint(z, matrix, scratch);
        if (problem.Structure == MatrixStructure.Symmetric)
        {
            for (int i = 0; i < matrix.Rows; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double mean = 0.5 * (matrix[i, j] + matrix[j, i]);
                    matrix[i, j] = mean;
                    matrix[j, i] = mean;
                }
            }
        }

        return matrix;
    }
}
