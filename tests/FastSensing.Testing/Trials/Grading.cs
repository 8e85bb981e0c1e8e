using System.Numerics;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Trials;

/// <summary>
/// Powers of two for the rows and columns of graded operands. Scaling by them is exact, so the bounds, which hold element
/// by element, hold as before; but the elements of one row differ by hundreds of powers of ten.
/// </summary>
internal static class Grading<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int Step => typeof(T) == typeof(double) ? 60 : 6;

    /// <summary>An exponent for line <paramref name="index"/> of an outer dimension: -3 to 3 steps.</summary>
    public static int Outer(int index) => (((index * 5) + 2) % 7 - 3) * Step;

    /// <summary>An exponent for line <paramref name="index"/> of the inner dimension, which A has and B has negated: -8 to 8 steps.</summary>
    public static int Inner(int index) => (((index * 7) + 3) % 17 - 8) * Step;

    /// <summary>Multiplies element (i, j) by 2^exponent(i, j) when the case is graded.</summary>
    public static void Apply(in BlasCase call, TestMatrix<T> matrix, Func<int, int, int> exponent)
    {
        if (call.Graded)
        {
            matrix.Set((i, j) => Math.ScaleB(double.CreateChecked(matrix.View[i, j]), exponent(i, j)));
        }
    }
}
