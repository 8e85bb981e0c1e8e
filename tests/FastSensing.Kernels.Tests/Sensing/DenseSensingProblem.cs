using System.Numerics;
using FastSensing.Testing.Matrices;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>Guarded arguments of a dense sensing product: NaN wherever no element is, and in every output.</summary>
public sealed class DenseSensingProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _a;
    private readonly T[] _x;

    /// <summary>A of count rows, or of two more of which count are selected, in descending order.</summary>
    public DenseSensingProblem(int count, int length, Layout layout, bool selected)
    {
        Random random = new(count + (100 * length));
        Count = count;
        A = new TestMatrix<T>(selected ? count + 2 : count, length, layout).SetRandom(random);
        Selection = selected ? [.. Enumerable.Range(1, count).Reverse()] : [];
        X = new TestMatrix<T>(length, 1, layout).SetRandom(random);
        Y = new TestMatrix<T>(count, 1).SetRandom(random);
        Residual = new TestMatrix<T>(count, 1);
        G = new TestMatrix<T>(length, 1, Layout.OffsetByOne);
        if (layout == Layout.Padded)
        {
            // Vectors have no strides.
            X = new TestMatrix<T>(length, 1, Layout.OffsetByOne).SetRandom(random);
        }

        _a = A.Save();
        _x = X.Save();
    }

    public int Count { get; }

    public TestMatrix<T> A { get; }

    /// <summary>Indices of stored rows, or empty for all.</summary>
    public int[] Selection { get; }

    public TestMatrix<T> X { get; }

    public TestMatrix<T> Y { get; }

    public TestMatrix<T> Residual { get; }

    public TestMatrix<T> G { get; }

    /// <summary>Row i of those meant, exactly.</summary>
    public double[] Row(int i)
    {
        int stored = Selection.Length == 0 ? i : Selection[i];
        double[] row = new double[A.Columns];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = double.CreateChecked(A.View[stored, j]);
        }

        return row;
    }

    public void AssertIntact()
    {
        A.AssertUnchanged(_a, "A");
        X.AssertUnchanged(_x, "x");
        Y.AssertGuardsIntact("y");
        Residual.AssertGuardsIntact("the residual");
        G.AssertGuardsIntact("g");
    }
}
