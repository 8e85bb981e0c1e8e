using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores of every tag against plain sums: one and several registers a row, empty rows and columns.</summary>
public abstract unsafe class EntrySensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Tags => [.. TagTable.Available];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Forward_Entries_AreTheirDotProducts(string tag) => ForEveryShape(m =>
    {
        Run(tag, SensingProduct.Forward, m);
        for (int e = 0; e < m.Rows.Length; e++)
        {
            AssertWithin(Terms(m, e), double.CreateChecked(m.Output.Vector[e]));
        }

        m.AssertIntact();
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_Entries_AreTheSparseProducts(string tag) => ForEveryShape(m =>
    {
        Run(tag, SensingProduct.Adjoint, m);
        AssertProducts(m, m.Input.ToDoubles());
        m.AssertIntact();
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_Entries_AreResidualAndItsProducts(string tag) => ForEveryShape(m =>
    {
        double squared = double.CreateChecked(Run(tag, SensingProduct.ResidualAdjoint, m));
        double[] residual = m.Output.ToDoubles();
        for (int e = 0; e < m.Rows.Length; e++)
        {
            AssertWithin(Terms(m, e).Append(-double.CreateChecked(m.Input.Vector[e])), residual[e]);
        }

        AssertProducts(m, residual);
        AssertWithin(residual.Select(r => r * r), squared);
        m.AssertIntact();
    });

    /// <summary>Empty rows and columns with one and several registers a row, and one in twenty of the shapes that kernels elsewhere are tried with.</summary>
    private static void ForEveryShape(Action<Matrices> check)
    {
        int[] rows = [3, 0, 5, 0, 3, 3, 5, 1];
        int[] columns = [0, 4, 1, 0, 4, 2, 5, 1];
        check(new Matrices(6, 7, rows, columns, 1));
        check(new Matrices(6, 7, rows, columns, 3));
        foreach (EntryShape shape in ShapeLists.Entries.Where(shape => shape.Seed % 20 == 0))
        {
            int[] positions = [.. Enumerable.Range(0, shape.Rows * shape.Columns)];
            new Random(shape.Seed).Shuffle(positions);
            int[] taken = positions[..shape.Count];
            check(new Matrices(shape.Rows, shape.Columns, [.. taken.Select(at => at / shape.Columns)], [.. taken.Select(at => at % shape.Columns)], shape.CacheLines));
        }
    }

    private static IEnumerable<double> Terms(Matrices m, int e) =>
        Enumerable.Range(0, m.Width).Select(k => m.At(m.Left, m.Rows[e], k) * m.At(m.Right, m.Columns[e], k));

    private static void AssertProducts(Matrices m, double[] z)
    {
        for (int k = 0; k < m.Width; k++)
        {
            for (int i = 0; i < m.Entries.Rows; i++)
            {
                AssertWithin(
                    Enumerable.Range(0, z.Length).Where(e => m.Rows[e] == i).Select(e => z[e] * m.At(m.Right, m.Columns[e], k)), m.At(m.ProductLeft, i, k));
            }

            for (int j = 0; j < m.Entries.Columns; j++)
            {
                AssertWithin(
                    Enumerable.Range(0, z.Length).Where(e => m.Columns[e] == j).Select(e => z[e] * m.At(m.Left, m.Rows[e], k)), m.At(m.ProductRight, j, k));
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
        fixed (int* rowStart = m.Entries.RowStart, column = m.Entries.Column, order = m.Entries.Order)
        fixed (T* left = m.Left.Vector, right = m.Right.Vector, input = m.Input.Vector, output = m.Output.Vector)
        fixed (T* productLeft = m.ProductLeft.Vector, productRight = m.ProductRight.Vector)
        {
            EntryProductCall<T> call = new()
            {
                Product = product,
                Table = new() { RowStart = rowStart, Column = column, Order = order, Rows = m.Entries.Rows, Columns = m.Entries.Columns },
                At = new() { Left = left, Right = right, Width = m.Width },
                Input = input,
                Output = output,
                Products = new() { Left = productLeft, Right = productRight, Width = m.Width },
            };
            TagTable.Visit<T, EntryProductCall<T>>(tag, ref call);
            return call.Squared;
        }
    }

    private sealed class Matrices(int rowCount, int columnCount, int[] rows, int[] columns, int cacheLines)
    {
        public int[] Rows => rows;

        public int[] Columns => columns;

        public int Width { get; } = cacheLines * Scratch<T>.LengthOf(1);

        public SampledEntries Entries { get; } = new(rowCount, columnCount, rows, columns);

        public TestMatrix<T> Left { get; } = Factor(rowCount, cacheLines).SetRandom(new Random(1));

        public TestMatrix<T> Right { get; } = Factor(columnCount, cacheLines).SetRandom(new Random(1));

        public TestMatrix<T> Input { get; } = new TestMatrix<T>(rows.Length, 1).SetRandom(new Random(1));

        public TestMatrix<T> Output { get; } = new(rows.Length, 1);

        public TestMatrix<T> ProductLeft { get; } = Factor(rowCount, cacheLines);

        public TestMatrix<T> ProductRight { get; } = Factor(columnCount, cacheLines);

        public double At(TestMatrix<T> matrix, int i, int k) => double.CreateChecked(matrix.View[i, k]);

        public void AssertIntact()
        {
            Output.AssertGuardsIntact(nameof(Output));
            ProductLeft.AssertGuardsIntact(nameof(ProductLeft));
            ProductRight.AssertGuardsIntact(nameof(ProductRight));
        }

        private static TestMatrix<T> Factor(int count, int cacheLines) => new(count, cacheLines * Scratch<T>.LengthOf(1));
    }
}
