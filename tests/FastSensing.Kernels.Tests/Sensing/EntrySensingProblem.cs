using System.Numerics;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Guards;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>Guarded arguments of the products of sampled entries, NaN in every output, and what must come out.</summary>
internal sealed unsafe class EntrySensingProblem<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly SampledEntries _entries;
    private readonly GuardedPages<int>[] _tables;
    private readonly TestMatrix<T>[] _inputs;
    private readonly T[][] _saved;

    /// <summary>Entries of a rows x columns matrix at the given positions; factors of <paramref name="width"/> elements a row.</summary>
    public EntrySensingProblem((int Rows, int Columns) shape, int[] rows, int[] columns, int width, Placement placement = Placement.Array)
    {
        (_rows, _columns, Width) = (rows, columns, width);
        _entries = new SampledEntries(shape.Rows, shape.Columns, rows, columns);
        _tables = [Table(_entries.RowStart, placement), Table(_entries.Column, placement), Table(_entries.Order, placement)];
        var random = new Random(rows.Length);
        Left = new TestMatrix<T>(shape.Rows, width, Layout.Dense, placement).SetRandom(random);
        Right = new TestMatrix<T>(shape.Columns, width, Layout.Dense, placement).SetRandom(random);
        Input = new TestMatrix<T>(rows.Length, 1, Layout.Dense, placement).SetRandom(random);
        Output = new TestMatrix<T>(rows.Length, 1, Layout.Dense, placement);
        ProductLeft = new TestMatrix<T>(shape.Rows, width, Layout.Dense, placement);
        ProductRight = new TestMatrix<T>(shape.Columns, width, Layout.Dense, placement);
        _inputs = [Left, Right, Input];
        _saved = Array.ConvertAll(_inputs, each => each.Save());
    }

    public int Width { get; }

    public TestMatrix<T> Left { get; }

    public TestMatrix<T> Right { get; }

    public TestMatrix<T> Input { get; }

    public TestMatrix<T> Output { get; }

    public TestMatrix<T> ProductLeft { get; }

    public TestMatrix<T> ProductRight { get; }

    /// <summary>The product by the core of the tag; returns the squared norm of the fused one.</summary>
    public T Run(string tag, SensingProduct product)
    {
        fixed (int* rowStart = _tables[0].Span, column = _tables[1].Span, order = _tables[2].Span)
        fixed (T* left = Left.Vector, right = Right.Vector, input = Input.Vector, output = Output.Vector)
        fixed (T* productLeft = ProductLeft.Vector, productRight = ProductRight.Vector)
        {
            EntryProductCall<T> call = new()
            {
                Product = product,
                Table = new() { RowStart = rowStart, Column = column, Order = order, Rows = _entries.Rows, Columns = _entries.Columns },
                At = new() { Left = left, Right = right, Width = Width },
                Input = input,
                Output = output,
                Products = new() { Left = productLeft, Right = productRight, Width = Width },
            };
            TagTable.Visit<T, EntryProductCall<T>>(tag, ref call);
            return call.Squared;
        }
    }

    /// <summary>The output holds &lt;L_i, R_j&gt;, less the input for a residual.</summary>
    public void AssertForward(bool residual)
    {
        double[] left = Left.ToDoubles();
        double[] right = Right.ToDoubles();
        double[] input = Input.ToDoubles();
        for (int e = 0; e < _rows.Length; e++)
        {
            double[] x = [.. left.AsSpan(_rows[e] * Width, Width), -1];
            double[] y = [.. right.AsSpan(_columns[e] * Width, Width), residual ? input[e] : 0];
            SensingSums.AssertWithin<T>(x, y, double.CreateChecked(Output.Vector[e]), $"entry {e}");
        }
    }

    /// <summary>The products hold S R and S^T L for the sparse S of the numbers z.</summary>
    public void AssertProducts(double[] z)
    {
        AssertProduct(z, _rows, _columns, Right.ToDoubles(), ProductLeft);
        AssertProduct(z, _columns, _rows, Left.ToDoubles(), ProductRight);
    }

    public void AssertIntact()
    {
        foreach ((TestMatrix<T> input, T[] saved) in _inputs.Zip(_saved))
        {
            input.AssertUnchanged(saved, "an input");
        }

        foreach (TestMatrix<T> output in (TestMatrix<T>[])[Output, ProductLeft, ProductRight])
        {
            output.AssertGuardsIntact("an output");
        }
    }

    public override string ToString() => $"{typeof(T).Name}, {_rows.Length} entries of {_entries.Rows} x {_entries.Columns}, width {Width}";

    public void Dispose()
    {
        Array.ForEach(_tables, table => table.Dispose());
        foreach (TestMatrix<T> each in (TestMatrix<T>[])[.. _inputs, Output, ProductLeft, ProductRight])
        {
            each.Dispose();
        }
    }

    private static GuardedPages<int> Table(ReadOnlySpan<int> values, Placement placement)
    {
        var table = new GuardedPages<int>(values.Length, placement);
        values.CopyTo(table.Span);
        return table;
    }

    private void AssertProduct(double[] z, int[] targets, int[] sources, double[] factor, TestMatrix<T> product)
    {
        double[] found = product.ToDoubles();
        for (int i = 0; i < product.Rows; i++)
        {
            int[] entries = [.. Enumerable.Range(0, z.Length).Where(e => targets[e] == i)];
            double[] x = Array.ConvertAll(entries, e => z[e]);
            for (int k = 0; k < Width; k++)
            {
                double[] y = Array.ConvertAll(entries, e => factor[(sources[e] * Width) + k]);
                SensingSums.AssertWithin<T>(x, y, found[(i * Width) + k], $"{this}: product ({i}, {k})");
            }
        }
    }
}
