using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>Planned products of one tile and of several, of every height and width, so that the compiler, told to list its code, lists the bodies.</summary>
internal static class JitPlanRun
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
        var plans = new PlanBlas<T>(tag, packsRight: false);
        var width = default(WidthVisitor<T>);
        TagTable.Visit<T, WidthVisitor<T>>(tag, ref width);
        foreach (int m in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 16])
        {
            for (int whole = width.Count; whole <= 3 * width.Count; whole += width.Count)
            {
                // A last register that is whole, more than half full, and one that two rows share.
                foreach (int n in (int[])[whole, whole - 1, whole - (width.Count / 2)])
                {
                    BlasTrial<T>.Run(plans, new BlasCase(Routine.Gemm, m, n, 2));
                    BlasTrial<T>.Run(plans, new BlasCase(Routine.Gemm, m, n, 2) { Beta = 1 });
                }
            }
        }
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
