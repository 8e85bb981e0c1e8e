using System.Numerics;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>One Gemm of each tile shape of a tag, so that the compiler, told to list its code, lists the tile bodies.</summary>
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        BlasTrial<T>.Run(TagBlas.Create<T>(tag), new BlasCase(Routine.Gemm, 16, 95, 10) { A = Layout.Padded, B = Layout.Padded });
}
