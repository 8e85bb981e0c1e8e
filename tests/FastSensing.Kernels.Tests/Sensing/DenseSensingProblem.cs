using System.Numerics;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>Guarded arguments of a dense sensing product, NaN wherever no element is and in every output, and what must come out.</summary>
internal sealed unsafe class DenseSensingProblem<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _a;
    private readonly T[] _x;

    /// <summary>A of count rows, or of two more of which count are selected, in descending order.</summary>
    public DenseSensingProblem(int count, int length, Layout layout, bool selected, Placement placement = Placement.Array)
    {
        Random random = new(count + (100 * length));
        Count = count;
        A = new TestMatrix<T>(selected ? count + 2 : count, length, layout, placement).SetRandom(random);
        Selection = selected ? [.. Enumerable.Range(1, count).Reverse()] : [];

        // Vectors have no strides.
        X = new TestMatrix<T>(length, 1, layout == Layout.Dense ? Layout.Dense : Layout.OffsetByOne, placement).SetRandom(random);
        Y = new TestMatrix<T>(count, 1, Layout.Dense, placement).SetRandom(random);
        Residual = new TestMatrix<T>(count, 1, Layout.Dense, placement);
        G = new TestMatrix<T>(length, 1, Layout.OffsetByOne, placement);
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

    /// <summary>The product by the core of the tag; returns the squared norm of the fused one.</summary>
    public T Run(string tag, SensingProduct product)
    {
        fixed (T* a = A.View, x = X.Vector, y = Y.Vector, residual = Residual.Vector, g = G.Vector)
        fixed (int* selection = Selection)
        {
            DenseProductCall<T> call = new()
            {
                Product = product,
                A = new RowTable<T>(a, A.RowStride, A.Columns, selection, Count),
                X = x,
                Y = y,
                Residual = residual,
                G = g,
            };
            TagTable.Visit<T, DenseProductCall<T>>(tag, ref call);
            return call.Squared;
        }
    }

    /// <summary>The residual holds A x.</summary>
    public void AssertForward()
    {
        double[] x = X.ToDoubles();
        for (int i = 0; i < Count; i++)
        {
            SensingSums.AssertWithin<T>(Row(i), x, double.CreateChecked(Residual.Vector[i]), ToString());
        }
    }

    /// <summary>G holds A^T z.</summary>
    public void AssertAdjoint(double[] z)
    {
        double[][] rows = [.. Enumerable.Range(0, Count).Select(Row)];
        for (int j = 0; j < A.Columns; j++)
        {
            SensingSums.AssertWithin<T>(z, Array.ConvertAll(rows, row => row[j]), double.CreateChecked(G.Vector[j]), ToString());
        }
    }

    public void AssertIntact()
    {
        A.AssertUnchanged(_a, "A");
        X.AssertUnchanged(_x, "x");
        Y.AssertGuardsIntact("y");
        Residual.AssertGuardsIntact("the residual");
        G.AssertGuardsIntact("g");
    }

    public override string ToString() => $"{typeof(T).Name}, {Count} rows of {A.Columns}, stride {A.RowStride}, {Selection.Length} selected";

    public void Dispose()
    {
        foreach (TestMatrix<T> each in (TestMatrix<T>[])[A, X, Y, Residual, G])
        {
            each.Dispose();
        }
    }

    /// <summary>Row i of those meant, exactly.</summary>
    private double[] Row(int i)
    {
        int stored = Selection.Length == 0 ? i : Selection[i];
        double[] row = new double[A.Columns];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = double.CreateChecked(A.View[stored, j]);
        }

        return row;
    }
}
