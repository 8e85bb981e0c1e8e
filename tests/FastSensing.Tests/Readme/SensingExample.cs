using FastSensing;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;

namespace Readme;

/// <summary>The third example of README.md, run. The namespace is nobody's, so the file needs the imports that a user's needs: those of the README.</summary>
public class SensingExample
{
    [Fact]
    public void Sensing_OfAPlantedMatrix_RecoversIt()
    {
        using var op = DenseOperator<double>.Gaussian(new ManagedBlas<double>(), rows: 60, columns: 45, measurementCount: 1000, seed: 1);
        var planted = PlantedProblem<double>.Create(op, new PlantedOptions { Rank = 2, ConditionNumber = 20 });

        SolveResult<double> result = MatrixSensing.Solve(planted.Problem);      // no rank, no step size, nothing to tune
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, planted.Truth);

        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(2, result.Rank);
        Assert.True(error < 1e-10, $"recovery error {error}");
    }
}
