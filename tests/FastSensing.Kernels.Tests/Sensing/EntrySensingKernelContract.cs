using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores of every tag against plain sums: one and several registers a row, empty rows and columns.</summary>
public abstract unsafe class EntrySensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly int[] s_rows = [3, 0, 5, 0, 3, 3, 5, 1];
    private static readonly int[] s_columns = [0, 4, 1, 0, 4, 2, 5, 1];
    private static readonly SampledEntries s_entries = new(6, 7, s_rows, s_columns);

    public static TheoryData<string, int> Tags
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string tag in TagTable.Available)
            {
                data.Add(tag, Scratch<T>.LengthOf(1));
                data.Add(tag, 3 * Scratch<T>.LengthOf(1));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Forward_Entries_AreTheirDotProducts(string tag, int width)
    {
        Matrices m = new(width);
        Run(tag, SensingProduct.Forward, m);
        for (int e = 0; e < s_rows.Length; e++)
        {
            AssertWithin(Terms(m, e), double.CreateChecked(m.Output.Vector[e]));
        }

        m.AssertIntact();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_Entries_AreTheSparseProducts(string tag, int width)
    {
        Matrices m = new(width);
        Run(tag, SensingProduct.Adjoint, m);
        AssertProducts(m, m.Input.ToDoubles());
        m.AssertIntact();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_Entries_AreResidualAndItsProducts(string tag, int width)
    {
        Matrices m = new(width);
        double squared = double.CreateChecked(Run(tag, SensingProduct.ResidualAdjoint, m));
        double[] residual = m.Output.ToDoubles();
        for (int e = 0; e < s_rows.Length; e++)
        {
            AssertWithin(Terms(m, e).Append(-double.CreateChecked(m.Input.Vector[e])), residual[e]);
        }

        AssertProducts(m, residual);
        AssertWithin(residual.Select(r => r * r), squared);
        m.AssertIntact();
    }

    private static IEnumerable<double> Terms(Matrices m, int e) =>
        Enumerable.Range(0, m.Width).Select(k => m.At(m.Left, s_rows[e], k) * m.At(m.Right, s_columns[e], k));

    private static void AssertProducts(Matrices m, double[] z)
    {
        for (int k = 0; k < m.Width; k++)
        {
            for (int i = 0; i < s_entries.Rows; i++)
            {
                AssertWithin(
                    Enumerable.Range(0, z.Length).Where(e => s_rows[e] == i).Select(e => z[e] * m.At(m.Right, s_columns[e], k)), m.At(m.ProductLeft, i, k));
            }

            for (int j = 0; j < s_entries.Columns; j++)
            {
                AssertWithin(
                    Enumerable.Range(0, z.Length).Where(e => s_columns[e] == j).Select(e => z[e] * m.At(m.Left, s_rows[e], k)), m.At(m.ProductRight, j, k));
            }
        }
    }

    private static void AssertWithin(IEnumerable<double> terms, double actual)
    {
        double[] all = [.. terms];
        double bound = Rounding.Gamma<T>(all.Length + 2) * all.Sum(Math.Abs);
        Assert.True(Math.Abs(all.Sum() - actual) <= bound, $"{actual} should be {all.Sum()}, bound {bound}.");
    }

    private static T Run(string tag, SensingProduct product, Matrices m)
    {
        fixed (int* rowStart = s_entries.RowStart, column = s_entries.Column, order = s_entries.Order)
        fixed (T* left = m.Left.Vector, right = m.Right.Vector, input = m.Input.Vector, output = m.Output.Vector)
        fixed (T* productLeft = m.ProductLeft.Vector, productRight = m.ProductRight.Vector)
        {
            EntryProductCall<T> call = new()
            {
                Product = product,
                Table = new() { RowStart = rowStart, Column = column, Order = order, Rows = s_entries.Rows, Columns = s_entries.Columns },
                At = new() { Left = left, Right = right, Width = m.Width },
                Input = input,
                Output = output,
                Products = new() { Left = productLeft, Right = productRight, Width = m.Width },
            };
            TagTable.Visit<T, EntryProductCall<T>>(tag, ref call);
            return call.Squared;
        }
    }

    private sealed class Matrices(int width)
    {
        public int Width => width;

        public TestMatrix<T> Left { get; } = new TestMatrix<T>(s_entries.Rows, width).SetRandom(new Random(1));

        public TestMatrix<T> Right { get; } = new TestMatrix<T>(s_entries.Columns, width).SetRandom(new Random(1));

        public TestMatrix<T> Input { get; } = new TestMatrix<T>(s_entries.Count, 1).SetRandom(new Random(1));

        public TestMatrix<T> Output { get; } = new(s_entries.Count, 1);

        public TestMatrix<T> ProductLeft { get; } = new(s_entries.Rows, width);

        public TestMatrix<T> ProductRight { get; } = new(s_entries.Columns, width);

        public double At(TestMatrix<T> matrix, int i, int k) => double.CreateChecked(matrix.View[i, k]);

        public void AssertIntact()
        {
            Output.AssertGuardsIntact(nameof(Output));
            ProductLeft.AssertGuardsIntact(nameof(ProductLeft));
            ProductRight.AssertGuardsIntact(nameof(ProductRight));
        }
    }
}
