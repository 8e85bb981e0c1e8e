using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;

namespace FastSensing.Tests;

/// <summary>The examples of README.md, run; <see cref="ReadmeTests"/> compares the lines.</summary>
public class ReadmeExamples
{
    [Fact]
    public void GemmAndCholesky_OnOnesOwnMemory_AllocateNothing()
    {
        var blas = new ManagedBlas<double>();
        blas.Prewarm();

        double[] memory = [1, 2, 3, 4, 5, 6, 0, 0, 0, 0];               // yours: an array, a stackalloc, native memory
        var a = new MatrixSpan<double>(memory.AsSpan(0, 6), rows: 3, columns: 2);
        var gram = new MatrixSpan<double>(memory.AsSpan(6), rows: 2, columns: 2);

        long before = GC.GetAllocatedBytesForCurrentThread();
        blas.Gemm(1.0, a.Transpose(), a, 0.0, gram);                    // gram <- A^T A: a transpose is a view
        int info = blas.Potrf(gram);                                    // gram = L L^T in place; 0, or the failing pivot
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(0, info);
        Assert.Equal(Math.Sqrt(35.0), gram[0, 0], 1e-14);
        Assert.Equal(44.0 / Math.Sqrt(35.0), gram[1, 0], 1e-14);
    }

    [Fact]
    public void Completion_FromSomeEntries_FindsTheOthers()
    {
        // What is known of a 30 x 20 table: 300 of its 600 entries.
        int[] rows = new int[300], columns = new int[300];
        double[] values = new double[300];
        for (int i = 0; i < 300; i++)
        {
            (rows[i], columns[i]) = (i / 10, (7 * i + i / 10) % 20);
            values[i] = Math.Sin(rows[i]) * (1 + columns[i]) + Math.Cos(rows[i]);
        }

        var op = new EntrySamplingOperator<double>(new ManagedBlas<double>(), 30, 20, rows, columns);
        var result = MatrixSensing.Solve(new SensingProblem<double>(op, values));
        double entry = Level1.Dot(result.Left.Row(4), result.Right.Row(9));

        Assert.Equal((Math.Sin(4.0) * 10) + Math.Cos(4.0), entry, 1e-6);
    }

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
