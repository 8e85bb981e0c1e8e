using System.Diagnostics;
using FastSensing.Solvers;

namespace FastSensing.Cli.Experiments;

/// <summary>One problem of a cell, made by seed, and its solution without any option.</summary>
internal sealed record GridRun(GridCell Cell, ulong Seed)
{
    /// <summary>Makes the problem, solves it and compares with the oracle.</summary>
    public GridOutcome Run(CancellationToken cancellation)
    {
        using GridProblem made = new(this);
        long start = Stopwatch.GetTimestamp();
        SolveResult<double> result = MatrixSensing.Solve(made.Problem, cancellationToken: cancellation);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cancellation.ThrowIfCancellationRequested();
        return new GridOutcome
        {
            Cell = Cell.Name,
            Seed = Seed,
            Status = result.Status,
            Rank = result.Rank,
            Error = MatrixSensing.RecoveryError(result.Left, result.Right, made.Planted.Truth),
            Oracle = Cell.IsNoiseFree ? 0 : Oracle.RecoveryError(made),
            Residual = result.RelativeResidual,
            HoldOut = result.HoldOutResidual,
            Iterations = result.Iterations,
            Seconds = seconds,
            Diagnosis = result.Diagnosis,
        };
    }
}
