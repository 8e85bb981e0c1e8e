using System.Numerics;
using FastSensing.Testing.Matrices;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>What the exhaustive runs go through, and the numbers they multiply.</summary>
internal static class Tails
{
    /// <summary>Largest inner dimension and order.</summary>
    public const int Depth = 70;

    /// <summary>Row-major dense, off by one element, padded, by columns, and two strides of which neither is one.</summary>
    public static Layout[] Layouts { get; } = [Layout.Dense, Layout.OffsetByOne, Layout.Padded, Layout.Transposed, Layout.TransposedStrided];

    /// <summary>alpha and beta; as many as shares no factor with the number of layouts, so that taking turns meets all.</summary>
    public static (double Alpha, double Beta)[] Factors { get; } = [(1, 0), (-1, 1), (2.5, 0), (-0.375, -1), (1, 1), (-1, 0), (2.5, -0.375)];

    /// <summary>Element (row, column) is a function of its place alone, with all bits in use, from [-1, 1).</summary>
    public static T[] Values<T>(int rows, int columns, uint seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[(i * columns) + j] = T.CreateChecked(Hash(seed, (uint)i, (uint)j));
            }
        }

        return values;
    }

    /// <summary>The transpose, by rows.</summary>
    public static T[] Transpose<T>(T[] values, int rows, int columns)
    {
        var transposed = new T[values.Length];
        for (int at = 0; at < values.Length; at++)
        {
            transposed[(at % columns * rows) + (at / columns)] = values[at];
        }

        return transposed;
    }

    /// <summary>A remainder of <paramref name="block"/>, with one whole block more or not: never zero.</summary>
    public static int Size(int remainder, int block, int turn) => remainder + (block * ((remainder == 0 ? 1 : 0) + (turn & 1)));

    private static double Hash(uint seed, uint i, uint j)
    {
        ulong x = (((ulong)i << 32) | j) + ((seed + 1) * 0x9E3779B97F4A7C15ul);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ul;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBul;
        x ^= x >> 31;
        return (Math.ScaleB((double)(x >> 11), -52)) - 1;
    }
}
