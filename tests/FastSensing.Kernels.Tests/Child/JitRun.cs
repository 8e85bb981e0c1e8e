using System.Numerics;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>One Gemm of each tile shape of a tag, and small planned products, so that the compiler, told to list its code, lists the tile bodies.</summary>
internal static class JitRun
{
    public static int Execute(string tag, string type)
    {
        if (type == "Double")
        {
            Run<double>(tag);
        }
        else
        {
            Run<float>(tag);
        }

        return 0;
    }

    private static void Run<T>(string tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BlasTrial<T>.Run(TagBlas.Create<T>(tag), new BlasCase(Routine.Gemm, 16, 95, 10) { A = Layout.Padded, B = Layout.Padded });
        IBlas<T> plans = new PlanBlas<T>(tag, packsRight: false);
        foreach (int m in (int[])[4, 5, 8, 16])
        {
            for (int n = 1; n <= 48; n++)
            {
                BlasTrial<T>.Run(plans, new BlasCase(Routine.Gemm, m, n, 3));
                BlasTrial<T>.Run(plans, new BlasCase(Routine.Gemm, m, n, 3) { Beta = 1 });
            }
        }
    }
}
