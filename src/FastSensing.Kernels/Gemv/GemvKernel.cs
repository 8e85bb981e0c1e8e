using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemv;

/// <summary>
/// y &#8592; alpha A x + beta y, reading A once. Contiguous rows: four dot products at a time, which share each load of x.
/// Contiguous columns: four columns at a time, so that y is loaded and stored once for four. Other strides: element by
/// element.
/// </summary>
internal static unsafe class GemvKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public static void Run(in GemvArguments<T> g)
    {
        bool reads = g.Alpha != T.Zero && g.N > 0;
        if (reads && g.AColumn == 1)
        {
            Rows(g);
            return;
        }

        // The sum by columns takes alpha to the elements of x; an infinite one makes infinities of both signs there.
        if (reads && (g.ARow != 1 || T.IsInfinity(g.Alpha)))
        {
            Elements(g);
            return;
        }

        for (nint i = 0; i < g.M; i++)
        {
            g.Y[i] = Scaled(g.Beta, g.Y + i);
        }

        if (reads)
        {
            Columns(g);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(in GemvArguments<T> g)
    {
        nint whole = g.N - (g.N % TIsa.Count);
        TVector mask = whole < g.N ? TIsa.Mask(g.N - whole) : default;
        nint i = 0;
        for (; i + 4 <= g.M; i += 4)
        {
            T* a0 = g.A + (i * g.ARow);
            T* a1 = a0 + g.ARow;
            T* a2 = a1 + g.ARow;
            T* a3 = a2 + g.ARow;
            TVector s0 = TIsa.Zero, s1 = TIsa.Zero, s2 = TIsa.Zero, s3 = TIsa.Zero;
            for (nint j = 0; j < whole; j += TIsa.Count)
            {
                TVector x = TIsa.Load(g.X + j);
                s0 = TIsa.MultiplyAdd(TIsa.Load(a0 + j), x, s0);
                s1 = TIsa.MultiplyAdd(TIsa.Load(a1 + j), x, s1);
                s2 = TIsa.MultiplyAdd(TIsa.Load(a2 + j), x, s2);
                s3 = TIsa.MultiplyAdd(TIsa.Load(a3 + j), x, s3);
            }

            if (whole < g.N)
            {
                TVector x = TIsa.LoadMasked(g.X + whole, mask);
                s0 = TIsa.MultiplyAdd(TIsa.LoadMasked(a0 + whole, mask), x, s0);
                s1 = TIsa.MultiplyAdd(TIsa.LoadMasked(a1 + whole, mask), x, s1);
                s2 = TIsa.MultiplyAdd(TIsa.LoadMasked(a2 + whole, mask), x, s2);
                s3 = TIsa.MultiplyAdd(TIsa.LoadMasked(a3 + whole, mask), x, s3);
            }

            Put(g, i, TIsa.Sum(s0));
            Put(g, i + 1, TIsa.Sum(s1));
            Put(g, i + 2, TIsa.Sum(s2));
            Put(g, i + 3, TIsa.Sum(s3));
        }

        for (; i < g.M; i++)
        {
            T* a = g.A + (i * g.ARow);
            TVector s = TIsa.Zero;
            for (nint j = 0; j < whole; j += TIsa.Count)
            {
                s = TIsa.MultiplyAdd(TIsa.Load(a + j), TIsa.Load(g.X + j), s);
            }

            if (whole < g.N)
            {
                s = TIsa.MultiplyAdd(TIsa.LoadMasked(a + whole, mask), TIsa.LoadMasked(g.X + whole, mask), s);
            }

            Put(g, i, TIsa.Sum(s));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(in GemvArguments<T> g)
    {
        nint whole = g.M - (g.M % TIsa.Count);
        TVector mask = whole < g.M ? TIsa.Mask(g.M - whole) : default;
        nint j = 0;
        for (; j + 4 <= g.N; j += 4)
        {
            T* a0 = g.A + (j * g.AColumn);
            T* a1 = a0 + g.AColumn;
            T* a2 = a1 + g.AColumn;
            T* a3 = a2 + g.AColumn;
            TVector x0 = TIsa.Create(g.Alpha * g.X[j]);
            TVector x1 = TIsa.Create(g.Alpha * g.X[j + 1]);
            TVector x2 = TIsa.Create(g.Alpha * g.X[j + 2]);
            TVector x3 = TIsa.Create(g.Alpha * g.X[j + 3]);
            for (nint i = 0; i < whole; i += TIsa.Count)
            {
                TVector y = TIsa.MultiplyAdd(TIsa.Load(a0 + i), x0, TIsa.Load(g.Y + i));
                y = TIsa.MultiplyAdd(TIsa.Load(a1 + i), x1, y);
                y = TIsa.MultiplyAdd(TIsa.Load(a2 + i), x2, y);
                TIsa.Store(g.Y + i, TIsa.MultiplyAdd(TIsa.Load(a3 + i), x3, y));
            }

            if (whole < g.M)
            {
                TVector y = TIsa.MultiplyAdd(TIsa.LoadMasked(a0 + whole, mask), x0, TIsa.LoadMasked(g.Y + whole, mask));
                y = TIsa.MultiplyAdd(TIsa.LoadMasked(a1 + whole, mask), x1, y);
                y = TIsa.MultiplyAdd(TIsa.LoadMasked(a2 + whole, mask), x2, y);
                TIsa.StoreMasked(g.Y + whole, mask, TIsa.MultiplyAdd(TIsa.LoadMasked(a3 + whole, mask), x3, y));
            }
        }

        for (; j < g.N; j++)
        {
            T* a = g.A + (j * g.AColumn);
            TVector x = TIsa.Create(g.Alpha * g.X[j]);
            for (nint i = 0; i < whole; i += TIsa.Count)
            {
                TIsa.Store(g.Y + i, TIsa.MultiplyAdd(TIsa.Load(a + i), x, TIsa.Load(g.Y + i)));
            }

            if (whole < g.M)
            {
                TVector y = TIsa.LoadMasked(g.Y + whole, mask);
                TIsa.StoreMasked(g.Y + whole, mask, TIsa.MultiplyAdd(TIsa.LoadMasked(a + whole, mask), x, y));
            }
        }
    }

    private static void Elements(in GemvArguments<T> g)
    {
        for (nint i = 0; i < g.M; i++)
        {
            T sum = T.Zero;
            for (nint j = 0; j < g.N; j++)
            {
                sum += g.A[(i * g.ARow) + (j * g.AColumn)] * g.X[j];
            }

            Put(g, i, sum);
        }
    }

    private static void Put(in GemvArguments<T> g, nint i, T sum) => g.Y[i] = g.Beta == T.Zero ? g.Alpha * sum : (g.Alpha * sum) + (g.Beta * g.Y[i]);

    private static T Scaled(T beta, T* y) => beta == T.Zero ? T.Zero : beta == T.One ? *y : beta * *y;
}
