using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Trials;

/// <summary>
/// The calls that each routine is tried with, wherever its kernels run: in this process, and, through the case file of the
/// Arm64 lane, on an emulated processor. Random ones besides: <see cref="RandomCases"/>.
/// </summary>
public static class ShapeLists
{
    private static readonly Layout[] Orders = [Layout.Dense, Layout.Transposed];

    /// <summary>Every product with sides below 10.</summary>
    public static IEnumerable<BlasCase> SmallGemm =>
        from shape in Enumerable.Range(0, 1000)
        select new BlasCase(Routine.Gemm, shape / 100, shape / 10 % 10, shape % 10) { Beta = shape % 2, Seed = shape };

    /// <summary>Every product of a matrix with sides below 40, by rows, by columns and with gaps.</summary>
    public static IEnumerable<BlasCase> SmallGemv =>
        from shape in Enumerable.Range(0, 40 * 40)
        from layout in (Layout[])[Layout.Dense, Layout.Transposed, Layout.Strided]
        select new BlasCase(Routine.Gemv, shape / 40, 1, shape % 40) { A = layout, Beta = shape % 2, Seed = shape };

    /// <summary>Orders below 40, depths below 10.</summary>
    public static IEnumerable<BlasCase> SmallSyrk =>
        from shape in Enumerable.Range(0, 40 * 10)
        from layout in Orders
        select new BlasCase(Routine.Syrk, shape / 10, shape / 10, shape % 10) { A = layout, Beta = shape % 2, Seed = shape };

    /// <summary>Orders below 40 with fewer than 12 right-hand sides, by rows and by columns.</summary>
    public static IEnumerable<BlasCase> SmallTrsm =>
        from shape in Enumerable.Range(0, 40 * 12)
        from triangle in (Triangle[])[Triangle.Lower, Triangle.Upper]
        from b in Orders
        select new BlasCase(Routine.Trsm, shape / 12, shape % 12, 0) { Triangle = triangle, B = b, Seed = shape };

    /// <summary>Orders to 70 in every layout.</summary>
    public static IEnumerable<BlasCase> SmallPotrf =>
        from n in Enumerable.Range(0, 71)
        from layout in Enum.GetValues<Layout>()
        select new BlasCase(Routine.Potrf, n, n, 0) { A = layout, Seed = n };

    /// <summary>Very few columns of B, with sums along K around every number of registers and blocks at which they change their way.</summary>
    public static IEnumerable<BlasCase> ThinGemm =>
        from k in (int[])[.. Enumerable.Range(1, 100), 255, 256, 257, 300, 511, 513]
        from n in Enumerable.Range(1, 7)
        let dense = new BlasCase(Routine.Gemm, 3 + (k % 35), n, k) { Beta = k % 2, Seed = k }
        from call in (IEnumerable<BlasCase>)[dense, .. InEveryOrder(dense with { Alpha = 2.5, Beta = -1, Seed = n })]
        select call;

    /// <summary>An A whose columns are the contiguous lines and lie on pages of their own, around the depth of its blocks.</summary>
    public static IEnumerable<BlasCase> PagedGemm =>
        from k in (int[])[63, 64, 65, 66, 127, 128, 129, 193]
        from n in (int[])[1, 3, 8, 10, 26, 73]
        select new BlasCase(Routine.Gemm, 129, n, k) { Beta = 1, A = Layout.TransposedPadded, Seed = k };

    /// <summary>A transposed A and a C of few columns, which is computed as its transpose: around the sizes at which that begins.</summary>
    public static IEnumerable<BlasCase> AcrossGemm =>
        from m in (int[])[11, 12, 13, 23, 24, 25, 47, 48, 49, 101]
        from k in (int[])[31, 32, 70]
        from n in Enumerable.Range(1, 11)
        from beta in (double[])[0, 1, -2]
        select new BlasCase(Routine.Gemm, m, n, k) { Alpha = 1.5, Beta = beta, A = Layout.Transposed, C = Layout.Padded, Seed = m + n };

    /// <summary>Lengths of vectors, for level 1.</summary>
    public static IEnumerable<int> Lengths => Enumerable.Range(0, 2000);

    /// <summary>Shapes of dense measurements: lengths around one and several registers of every tag and type, counts around the blocks of four rows.</summary>
    public static IEnumerable<DenseShape> Dense =>
        from length in Enumerable.Range(0, 51)
        from count in Enumerable.Range(0, 10)
        from selected in (bool[])[false, true]
        select new DenseShape(count, length, selected);

    /// <summary>Shapes of entry measurements: sides to 12, any number of entries, rows of one to three cache lines.</summary>
    public static IEnumerable<EntryShape> Entries
    {
        get
        {
            var random = new Random(7);
            for (int i = 0; i < 2000; i++)
            {
                (int rows, int columns) = (random.Next(1, 13), random.Next(1, 13));
                yield return new EntryShape(rows, columns, random.Next((rows * columns) + 1), random.Next(1, 4), Seed: i);
            }
        }
    }

    /// <summary>One more and one less than every cache block, in every order of the operands, so that each is packed and read in place.</summary>
    public static IEnumerable<BlasCase> CacheBlockGemm<T>(int mr, int nr)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int mc = GemmBlocking<T>.MC;
        int nc = GemmBlocking<T>.NC;
        int kc = GemmBlocking<T>.KC;
        return
            from off in (int[])[-1, 0, 1]
            from shape in ((int M, int N, int K)[])[
                (mc + off, nr + 1, 5), (mr + 1, nc + off, 4), (mr + 1, nr + 1, kc + off), (mc + off, 7, kc + 1),
                ((4 * mr) + off, nr + 3, kc + off), (3, (2 * nc) + 3, 2), ((2 * mc) + 3, 9, 3), (2, 3, (2 * kc) + 3)]
            from call in InEveryOrder(new BlasCase(Routine.Gemm, shape.M, shape.N, shape.K) { Beta = off, Seed = shape.M })
            select call;
    }

    /// <summary>Large enough that both operands are packed although they lie by rows.</summary>
    public static IEnumerable<BlasCase> LargeGemm<T>(int mr, int nr)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Math.Max((7 * nr) + 1, 65);
        return
            from shape in ((int M, int K)[])[((4 * mr) + 1, Divide<T>(800 << 10, n)), (Divide<T>(3200 << 10, 1027), 1027)]
            select new BlasCase(Routine.Gemm, shape.M, n, shape.K) { Alpha = 2.5, Beta = -1, A = Layout.Padded, B = Layout.Padded };
    }

    /// <summary>The lower triangle with blocks that the diagonal crosses anywhere.</summary>
    public static IEnumerable<BlasCase> BlockSyrk<T>(int mr, int nr)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        from n in BlockEdges.Around(mr, nr, GemmBlocking<T>.MC)
        from k in (int[])[1, 6, GemmBlocking<T>.KC + 1]
        from a in Orders
        from call in (BlasCase[])[
            new BlasCase(Routine.Syrk, n, n, n > 100 && k > 6 ? 9 : k) { Alpha = -1, Beta = k % 2, A = a, C = Layout.Padded, Seed = n },
            new BlasCase(Routine.Syrk, n, n, 3) { Beta = 1, A = a, C = Layout.TransposedPadded, Seed = n }]
        select call;

    private static IEnumerable<BlasCase> InEveryOrder(BlasCase call) =>
        from a in Orders
        from b in Orders
        from c in Orders
        select call with { A = a, B = b, C = c };

    private static int Divide<T>(int bytes, int by) => (bytes / (by * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())) + 1;
}
