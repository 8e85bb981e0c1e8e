using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Guards;
using Xunit;

namespace FastSensing.Testing.Matrices;

/// <summary>
/// A matrix under guard: whatever lies before, behind and between its elements is NaN and must stay so, bit by bit; the
/// elements outside its <see cref="Region"/> count as such guards too.
/// </summary>
public sealed class TestMatrix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Margin = 67;

    private readonly T[]? _array;
    private readonly GuardedPages<T>? _pages;
    private readonly int _start;
    private readonly int _length;
    private readonly Region _region;

    public TestMatrix(int rows, int columns, Layout layout = Layout.Dense, Placement placement = Placement.Array, Region region = Region.All)
    {
        Rows = rows;
        Columns = columns;
        (RowStride, ColumnStride) = Strides.Of(layout, rows, columns);
        _region = region;
        _length = checked((int)MatrixLayout.RequiredLength(rows, columns, RowStride, ColumnStride));
        if (placement == Placement.Array)
        {
            _start = Margin + (layout == Layout.OffsetByOne ? 1 : 0);
            _array = new T[_start + _length + Margin];
        }
        else
        {
            _pages = new GuardedPages<T>(_length, placement);
        }

        Storage.Fill(T.NaN);
    }

    public int Rows { get; }

    public int Columns { get; }

    public int RowStride { get; }

    public int ColumnStride { get; }

    /// <summary>The elements, to hand to the routine under test.</summary>
    public MatrixSpan<T> View => new(Elements, Rows, Columns, RowStride, ColumnStride);

    /// <summary>The elements of a single column or row without gaps.</summary>
    public Span<T> Vector => Elements;

    private Span<T> Elements => _array is null ? _pages!.Span : _array.AsSpan(_start, _length);

    private Span<T> Storage => _array is null ? _pages!.Span : _array;

    /// <summary>Sets the elements of the region to value(i, j), rounded to T.</summary>
    public TestMatrix<T> Set(Func<int, int, double> value)
    {
        MatrixSpan<T> view = View;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                if (Contains(i, j))
                {
                    view[i, j] = T.CreateChecked(value(i, j));
                }
            }
        }

        return this;
    }

    /// <summary>Sets the elements of the region to random numbers from [-1, 1).</summary>
    public TestMatrix<T> SetRandom(Random random) => Set((_, _) => (2 * random.NextDouble()) - 1);

    /// <summary>The elements by rows, exactly; zero outside the region.</summary>
    public double[] ToDoubles()
    {
        var values = new double[Rows * Columns];
        MatrixSpan<T> view = View;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                values[(i * Columns) + j] = Contains(i, j) ? double.CreateChecked(view[i, j]) : 0;
            }
        }

        return values;
    }

    /// <summary>Every element of the storage, guards included, for <see cref="AssertUnchanged"/>.</summary>
    public T[] Save() => Storage.ToArray();

    /// <summary>Fails unless the whole storage still holds the saved bits.</summary>
    public void AssertUnchanged(T[] saved, string name)
    {
        ReadOnlySpan<byte> now = MemoryMarshal.AsBytes(Storage);
        ReadOnlySpan<byte> before = MemoryMarshal.AsBytes<T>(saved);
        if (!now.SequenceEqual(before))
        {
            Assert.Fail($"{name} was written to, first at element {(now.CommonPrefixLength(before) / Unsafe.SizeOf<T>()) - _start}.");
        }
    }

    /// <summary>Fails unless everything but the elements of the region is still NaN with the bits it had.</summary>
    public void AssertGuardsIntact(string name)
    {
        T[] rest = Storage.ToArray();
        var view = new MatrixSpan<T>(rest.AsSpan(_start, _length), Rows, Columns, RowStride, ColumnStride);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                if (Contains(i, j))
                {
                    view[i, j] = T.NaN;
                }
            }
        }

        var untouched = new T[rest.Length];
        untouched.AsSpan().Fill(T.NaN);
        int common = MemoryMarshal.AsBytes<T>(rest).CommonPrefixLength(MemoryMarshal.AsBytes<T>(untouched)) / Unsafe.SizeOf<T>();
        if (common < rest.Length)
        {
            Assert.Fail($"{name}: the guard at element {common - _start} of {_length} (strides {RowStride}, {ColumnStride}) now is {rest[common]}.");
        }
    }

    /// <summary>Fails unless what lies before and behind the elements is still NaN; between them nothing is looked at.</summary>
    public void AssertMarginsIntact(string name)
    {
        if (_array is not null && (_array.AsSpan(0, _start).ContainsAnyExcept(T.NaN) || _array.AsSpan(_start + _length).ContainsAnyExcept(T.NaN)))
        {
            Assert.Fail($"{name} was written beyond its ends.");
        }
    }

    public void Dispose() => _pages?.Dispose();

    public bool Contains(int i, int j) => _region switch
    {
        Region.Lower => j <= i,
        Region.Upper => j >= i,
        _ => true,
    };
}
