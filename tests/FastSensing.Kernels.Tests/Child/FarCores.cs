using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Gemv;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Sensing;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>The calls of <see cref="FarRun"/>; each is named before it is made.</summary>
internal sealed unsafe class FarCores<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int Order = 23;
    private const int Depth = 17;

    private readonly T* _workspace = (T*)NativeMemory.AlignedAlloc((nuint)(GemmKernels<TIsa, T, TVector>.WorkspaceLength * sizeof(T)), 64);

    public void Gemm((int M, int N, int K) size, Far farA, Far farB, Far farC)
    {
        string what = Name($"Gemm {size}, A {farA}, B {farB}, C {farC}");
        using FarMatrix<T> a = new FarMatrix<T>(size.M, size.K, farA).Set(Integer);
        using FarMatrix<T> b = new FarMatrix<T>(size.K, size.N, farB).Set(Integer);
        using FarMatrix<T> c = new FarMatrix<T>(size.M, size.N, farC).Set((i, j) => i + j);
        GemmKernels<TIsa, T, TVector>.Run(Arguments(a, b.First, b.Row, b.Column, c), GemmRegion.Full, _workspace);
        c.AssertIs((i, j) => i + j + Enumerable.Range(0, size.K).Sum(p => Integer(i, p) * Integer(p, j)), what);
    }

    public void Syrk(Far farA, Far farC)
    {
        string what = Name($"Syrk, A {farA}, C {farC}");
        using FarMatrix<T> a = new FarMatrix<T>(Order, Depth, farA).Set(Integer);
        using FarMatrix<T> c = new FarMatrix<T>(Order, Order, farC).Set((i, j) => i + j);
        GemmKernels<TIsa, T, TVector>.Run(Arguments(a, a.First, a.Column, a.Row, c), GemmRegion.Lower, _workspace);
        c.AssertIs((i, j) => i + j + Enumerable.Range(0, Depth).Sum(p => Integer(i, p) * Integer(j, p)), what, lowerOnly: true);
    }

    public void Gemv(int m, int n, Far farA)
    {
        string what = Name($"Gemv {m} x {n}, A {farA}");
        using FarMatrix<T> a = new FarMatrix<T>(m, n, farA).Set(Integer);
        using FarMatrix<T> x = new FarMatrix<T>(n, 1, Far.Nothing).Set((j, _) => j % 5);
        using FarMatrix<T> y = new FarMatrix<T>(m, 1, Far.Nothing).Set((_, _) => double.NaN);
        GemvKernel<TIsa, T, TVector>.Run(new GemvArguments<T> { M = m, N = n, Alpha = T.One, A = a.First, ARow = a.Row, AColumn = a.Column, X = x.First, Y = y.First });
        y.AssertIs((i, _) => Enumerable.Range(0, n).Sum(j => Integer(i, j) * (j % 5)), what);
    }

    public void Trsm(Far farA, Far farB)
    {
        static double Element(int i, int p) => i == p ? 1 - (2 * (i % 2)) : i - p is 1 or 9 ? 1 : 0;
        string what = Name($"Trsm, A {farA}, B {farB}");
        using FarMatrix<T> a = new FarMatrix<T>(Order, Order, farA).Set(Element);
        using FarMatrix<T> b = new FarMatrix<T>(Order, Depth, farB).Set((i, j) => Enumerable.Range(0, i + 1).Sum(p => Element(i, p) * Integer(p, j)));
        TrsmDriver<TIsa, T, TVector>.Run(
            new TrsmArguments<T>
            {
                Triangle = Triangle.Lower,
                N = Order,
                M = Depth,
                A = a.First,
                ARow = a.Row,
                AColumn = a.Column,
                B = b.First,
                BRow = b.Row,
                BColumn = b.Column,
            },
            _workspace);
        b.AssertIs(Integer, what);
    }

    public void Potrf(Far farA)
    {
        static double Factor(int i, int j) => i == j ? 2 : i - j is 1 or 5 or 18 ? 1 : 0;
        string what = Name($"Potrf, A {farA}");
        using FarMatrix<T> a = new FarMatrix<T>(Order, Order, farA).Set((i, j) => Enumerable.Range(0, Order).Sum(p => Factor(i, p) * Factor(j, p)));
        Assert.Equal(0, PotrfDriver<TIsa, T, TVector>.Run(Order, a.First, a.Row, a.Column, _workspace));
        a.AssertIs(Factor, what, lowerOnly: true);
    }

    /// <summary>Rows of A that lie far apart, and a row of R that lies far behind the first.</summary>
    public void Sensing()
    {
        string what = Name("dense sensing");
        using FarMatrix<T> a = new FarMatrix<T>(Depth, Order, Far.Rows).Set(Integer);
        using FarMatrix<T> x = new FarMatrix<T>(Order, 1, Far.Nothing).Set((j, _) => j % 5);
        using FarMatrix<T> y = new FarMatrix<T>(Depth, 1, Far.Nothing).Set((i, _) => i % 3);
        using FarMatrix<T> residual = new FarMatrix<T>(Depth, 1, Far.Nothing).Set((_, _) => double.NaN);
        using FarMatrix<T> g = new FarMatrix<T>(Order, 1, Far.Nothing).Set((_, _) => double.NaN);
        double Residual(int i) => Enumerable.Range(0, Order).Sum(j => Integer(i, j) * (j % 5)) - (i % 3);
        RowTable<T> table = new(a.First, a.Row, Order, null, Depth);
        DenseSensingCore<TIsa, T, TVector>.ResidualAdjoint(table, x.First, y.First, residual.First, g.First);
        residual.AssertIs((i, _) => Residual(i), what);
        g.AssertIs((j, _) => Enumerable.Range(0, Depth).Sum(i => Residual(i) * Integer(i, j)), what);

        what = Name("entry sensing");
        int width = Scratch<T>.LengthOf(1);
        int farRow = (int)((1L << 31) / width) + 8;
        int* rowStart = stackalloc int[] { 0, 2 };
        int* column = stackalloc int[] { 0, farRow };
        int* order = stackalloc int[] { 1, 0 };
        using FarMatrix<T> left = new FarMatrix<T>(1, width, Far.Nothing).Set(Integer);
        using FarMatrix<T> right = new FarMatrix<T>(2, width, farRow * (nint)width).Set(Integer);
        EntryTable entries = new() { RowStart = rowStart, Column = column, Order = order, Rows = 1, Columns = farRow + 1 };
        EntrySensingCore<TIsa, T, TVector>.Forward(entries, new() { Left = left.First, Right = right.First, Width = width }, y.First);
        for (int e = 0; e < 2; e++)
        {
            Assert.True(double.CreateChecked(y.First[order[e]]) == Enumerable.Range(0, width).Sum(k => Integer(0, k) * Integer(e, k)), $"{what}: entry {e} is {y.First[order[e]]}");
        }
    }

    private static GemmArguments<T> Arguments(FarMatrix<T> a, T* b, nint bRow, nint bColumn, FarMatrix<T> c) => new()
    {
        M = c.Rows,
        N = c.Columns,
        K = a.Columns,
        Alpha = T.One,
        A = a.First,
        ARow = a.Row,
        AColumn = a.Column,
        B = b,
        BRow = bRow,
        BColumn = bColumn,
        Beta = T.One,
        C = c.First,
        CRow = c.Row,
        CColumn = c.Column,
    };

    private static double Integer(int i, int j) => (((i * 7) + (j * 5)) % 11) - 5;

    private static string Name(string what)
    {
        Console.WriteLine($"{TIsa.Name}, {typeof(T).Name}: {what}");
        return what;
    }
}
