using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Cli.Experiments;

/// <summary>The problem of a run, made by its seed.</summary>
internal sealed class GridProblem : IDisposable
{
    /// <summary>Keeps the numbers of A apart from those of X* and of the noise.</summary>
    private const ulong OperatorSeeds = 1UL << 32;

    private readonly DenseOperator<double> _operator;

    public GridProblem(GridRun run)
    {
        GridCell cell = run.Cell;
        _operator = DenseOperator<double>.Gaussian(
            new ManagedBlas<double>(), cell.Size, cell.Columns, cell.Measurements, OperatorSeeds + run.Seed);
        Planted = PlantedProblem<double>.Create(_operator, new PlantedOptions
        {
            Rank = cell.Rank, ConditionNumber = cell.Condition, Seed = run.Seed, Structure = cell.Structure,
        });
        Problem = cell.IsNoiseFree
            ? Planted.Problem
            : new SensingProblem<double>(_operator, Noisy(cell.SignalToNoise, run.Seed), cell.Structure);
    }

    /// <summary>X*, and its measurements without noise.</summary>
    public PlantedProblem<double> Planted { get; }

    /// <summary>What is to be solved.</summary>
    public SensingProblem<double> Problem { get; }

    public void Dispose() => _operator.Dispose();

    /// <summary>A(X*) with noise of a level, as norms.</summary>
    private double[] Noisy(double signalToNoise, ulong seed)
    {
        double squares = 0;
        foreach (double value in Planted.Problem.Measurements.Span)
        {
            squares += value * value;
        }

        double deviation = Math.Sqrt(squares / _operator.MeasurementCount) / signalToNoise;
        return PlantedProblem<double>.Measure(_operator, Planted.Truth, deviation, seed);
    }
}
