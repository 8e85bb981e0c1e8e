using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Tests.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>One call of each kernel body of a tag, of every tile of Gemm too, so that the compiler, told to list its code, lists them.</summary>
internal static class JitRun
{
    public static int Execute(string tag)
    {
        Run<double>(tag);
        Run<float>(tag);
        return 0;
    }

    private static void Run<T>(string tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IBlas<T> blas = TagBlas.Create<T>(tag);
        var width = default(WidthVisitor<T>);
        TagTable.Visit<T, WidthVisitor<T>>(tag, ref width);
        for (int m = 1; m <= 8; m++)
        {
            for (int registers = 1; registers <= 3; registers++)
            {
                // A last register that is whole, more than half full, and one that two rows may share.
                int whole = registers * width.Count;
                foreach (int n in (int[])[whole, whole - (width.Count > 1 ? 1 : 0), whole - width.Count + 1])
                {
                    BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, m, n, 2) { A = Layout.Padded });
                }
            }
        }

        for (int n = 1; n <= 3; n++)
        {
            // Sums along K, and rows for each tile of them.
            BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, 15, n, 4 * width.Count));
            BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemm, 15, n, (4 * width.Count) + 1));
        }

        BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemv, 9, 1, 9));
        BlasTrial<T>.Run(blas, new BlasCase(Routine.Gemv, 9, 1, 9) { A = Layout.Transposed });
        for (int registers = 1; registers <= 3; registers++)
        {
            BlasTrial<T>.Run(blas, new BlasCase(Routine.Trsm, 7, registers * width.Count, 0));
        }

        BlasTrial<T>.Run(blas, new BlasCase(Routine.Potrf, 16, 16, 0));
        BlasTrial<T>.Run(blas, new BlasCase(Routine.Potrf, 70, 70, 0));
        using var dense = new DenseSensingProblem<T>(9, 9, Layout.Dense, selected: false);
        using var entries = new EntrySensingProblem<T>((2, 2), [0, 1], [1, 0], Scratch<T>.LengthOf(1));
        foreach (SensingProduct product in Enum.GetValues<SensingProduct>())
        {
            dense.Run(tag, product);
            entries.Run(tag, product);
        }

        GuardPageRun.VectorRun<T>(tag, Placement.Array);
    }

    private struct WidthVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Count;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Count = TIsa.Count;
    }
}
