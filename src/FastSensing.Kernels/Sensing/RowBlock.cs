using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Four rows of A with a number each: the dot products that come out, or the coefficients that go in. The last block of
/// a table may have fewer rows; its missing ones repeat the first, and their products are not stored.
/// </summary>
internal unsafe struct RowBlock<T>
    where T : unmanaged
{
    public const int Rows = 4;

    public T* A0;
    public T* A1;
    public T* A2;
    public T* A3;
    public T Z0;
    public T Z1;
    public T Z2;
    public T Z3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RowBlock(in RowTable<T> table, nint first)
    {
        nint last = table.Count - 1;
        A0 = table.Row(first);
        A1 = first + 1 <= last ? table.Row(first + 1) : A0;
        A2 = first + 2 <= last ? table.Row(first + 2) : A0;
        A3 = first + 3 <= last ? table.Row(first + 3) : A0;
    }

    /// <summary>The four numbers become z[0..4); of a block that has all its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LoadCoefficients(T* z)
    {
        Z0 = z[0];
        Z1 = z[1];
        Z2 = z[2];
        Z3 = z[3];
    }

    /// <summary>z[0..count) becomes the numbers of the rows that exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreProducts(T* z, nint count)
    {
        z[0] = Z0;
        if (count > 1)
        {
            z[1] = Z1;
        }

        if (count > 2)
        {
            z[2] = Z2;
        }

        if (count > 3)
        {
            z[3] = Z3;
        }
    }
}
