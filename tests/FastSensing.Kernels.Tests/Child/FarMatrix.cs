using System.Numerics;
using FastSensing.Testing.Guards;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// A small matrix whose rows or columns lie so far apart that the last one begins more than 2^31 elements behind the
/// first: gigabytes of reserved addresses, of which only the pages with elements can be accessed. An index that was
/// computed in 32 bits hits a page that cannot.
/// </summary>
internal sealed unsafe class FarMatrix<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long Reach = (1L << 31) + 100;

    private readonly nint _base;
    private readonly nuint _bytes;
    private readonly HashSet<nint> _open = [];

    public FarMatrix(int rows, int columns, Far far)
        : this(rows, columns, far == Far.Rows ? Distance(rows) : far == Far.Columns ? 1 : columns, far == Far.Columns ? Distance(columns) : 1)
    {
    }

    public FarMatrix(int rows, int columns, nint rowStride, nint columnStride = 1)
    {
        (Rows, Columns, Row, Column) = (rows, columns, rowStride, columnStride);
        nuint page = (nuint)Environment.SystemPageSize;
        nint length = ((rows - 1) * Row) + ((columns - 1) * Column) + 1;
        _bytes = (((nuint)length * (nuint)sizeof(T)) + page - 1) / page * page;
        _base = PageApi.Reserve(_bytes);
        First = (T*)_base;
    }

    public int Rows { get; }

    public int Columns { get; }

    public T* First { get; }

    public nint Row { get; }

    public nint Column { get; }

    public FarMatrix<T> Set(Func<int, int, double> value)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                *Open(i, j) = T.CreateChecked(value(i, j));
            }
        }

        return this;
    }

    /// <summary>Fails unless every element inside is exactly what is expected.</summary>
    public void AssertIs(Func<int, int, double> expected, string what, bool lowerOnly = false)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < (lowerOnly ? i + 1 : Columns); j++)
            {
                double found = double.CreateChecked(*Open(i, j));
                Assert.True(found == expected(i, j), $"{what}: element ({i}, {j}) is {found:r}, exact is {expected(i, j):r}");
            }
        }
    }

    public void Dispose() => PageApi.Release(_base, _bytes);

    private static nint Distance(int lines) => (nint)((Reach / (lines - 1)) + 1);

    private T* Open(int i, int j)
    {
        T* element = First + (i * Row) + (j * Column);
        nint page = (nint)element / Environment.SystemPageSize * Environment.SystemPageSize;
        if (_open.Add(page))
        {
            PageApi.Open(page, (nuint)Environment.SystemPageSize);
        }

        return element;
    }
}
