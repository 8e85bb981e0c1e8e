using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Native;

/// <summary>
/// Asks a loaded library for results that are known exactly: every routine, both precisions, several shapes, first on one
/// thread and then on many at once. The operands are small integers and powers of two, so no rounding excuses a difference.
/// </summary>
/// <remarks>It calls the library in this process. A library that crashes or hangs takes the process along: try an unknown one in a child.</remarks>
public static class NativeBlasProbe
{
    private const int ConcurrentCallers = 32;
    private const int StackSize = 256 * 1024;
    private static readonly int[] Sizes = [1, 3, 8, 17, 50];

    /// <summary>What is wrong with the library; null when every result is right.</summary>
    /// <param name="library">The library.</param>
    public static string? FindFault(NativeBlasLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        return FindFault<double>(library) ?? FindFault<float>(library) ?? FindFaultOfManyCallers(library);
    }

    private static string? FindFault<T>(NativeBlasLibrary library)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NativeBlas<T> blas = new(library, new BufferPool<T>(1));
        foreach (int n in Sizes)
        {
            string? routine = FindWrongRoutine(blas, n);
            if (routine is not null)
            {
                return $"{library.Path}: {routine} of {typeof(T).Name} gives wrong results at n = {n}.";
            }
        }

        return null;
    }

    private static string? FindWrongRoutine<T>(IBlas<T> blas, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = n + 2;
        using AlignedBuffer<T> memory = new(6 * ((m * m) + 16));
        Scratch<T> pieces = new(memory.Span);
        MatrixSpan<T> lower = pieces.TakeMatrix(n, n);
        MatrixSpan<T> x = pieces.TakeMatrix(n, m);
        MatrixSpan<T> expected = pieces.TakeMatrix(n, m);
        MatrixSpan<T> square = pieces.TakeMatrix(n, n);
        MatrixSpan<T> result = pieces.TakeMatrix(n, m);
        Fill(x, 5);
        FillLower(lower);
        Multiply(lower, x, expected);
        blas.Gemm(T.One, lower, x, T.Zero, result);
        if (!Same<T>(result, expected))
        {
            return "gemm";
        }

        blas.Gemv(T.One, x.Transpose(), lower.Row(n - 1), T.Zero, result.Row(0));
        if (!Same<T>(result.Slice(0, 0, 1, m), expected.Slice(n - 1, 0, 1, m)))
        {
            return "gemv";
        }

        blas.Trsm(Triangle.Lower, T.One, lower, expected);
        if (!Same<T>(expected, x))
        {
            return "trsm";
        }

        Multiply(lower, lower.Transpose(), square);
        MatrixSpan<T> gram = result.Slice(0, 0, n, n);
        gram.Fill(T.Zero);
        blas.Syrk(T.One, lower, T.Zero, gram);
        if (!SameLower<T>(gram, square))
        {
            return "syrk";
        }

        return blas.Potrf(square) == 0 && SameLower<T>(square, lower) ? null : "potrf";
    }

    /// <summary>Some libraries have memory for a limited number of callers at once.</summary>
    private static string? FindFaultOfManyCallers(NativeBlasLibrary library)
    {
        NativeBlas<double> blas = new(library);

        // Where every caller brings a team of its own, many of them only wait for each other.
        int count = library.Threads == 1 ? ConcurrentCallers : 2;
        using ManualResetEventSlim start = new();
        string?[] faults = new string?[count];
        Thread[] callers = new Thread[count];
        for (int i = 0; i < callers.Length; i++)
        {
            int caller = i;
            callers[i] = new Thread(
                () =>
                {
                    start.Wait();
                    faults[caller] = FindWrongRoutine(blas, 48);
                },
                StackSize);
        }

        Array.ForEach(callers, caller => caller.Start());
        start.Set();
        Array.ForEach(callers, caller => caller.Join());
        string? routine = Array.Find(faults, fault => fault is not null);
        return routine is null ? null : $"{library.Path}: {routine} gives wrong results when {count} threads call at once.";
    }

    // Powers of two on the diagonal, so that dividing by it is exact too.
    private static void FillLower<T>(MatrixSpan<T> lower)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Fill(lower, 3);
        for (int i = 0; i < lower.Rows; i++)
        {
            for (int j = i; j < lower.Columns; j++)
            {
                lower[i, j] = i == j ? T.CreateChecked(1 << (1 + (i % 2))) : T.Zero;
            }
        }
    }

    private static void Fill<T>(MatrixSpan<T> a, int modulus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++)
            {
                a[i, j] = T.CreateChecked((((i * 7) + (j * 4) + (i * j)) % modulus) - (modulus / 2));
            }
        }
    }

    private static void Multiply<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, MatrixSpan<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T sum = T.Zero;
                for (int p = 0; p < a.Columns; p++)
                {
                    sum += a[i, p] * b[p, j];
                }

                c[i, j] = sum;
            }
        }
    }

    private static bool Same<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++)
            {
                if (!(a[i, j] == b[i, j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool SameLower<T>(ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Rows; i++)
        {
            if (!Same<T>(a.Slice(i, 0, 1, i + 1), b.Slice(i, 0, 1, i + 1)))
            {
                return false;
            }
        }

        return true;
    }
}
