using FastSensing;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;

namespace Readme;

/// <summary>The second example of README.md, run. The namespace is nobody's, so the file needs the imports that a user's needs: those of the README.</summary>
public class CompletionExample
{
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
}
