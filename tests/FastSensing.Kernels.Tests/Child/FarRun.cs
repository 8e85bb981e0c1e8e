using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>Every pointer core of a tag on operands that reach over more than 2^31 elements, one operand after the other. The numbers are small integers, so results are exact.</summary>
internal static class FarRun
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

        Console.WriteLine("done");
        return 0;
    }

    private static void Run<T>(string tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Visitor<T> visitor = default;
        TagTable.Visit<T, Visitor<T>>(tag, ref visitor);
    }

    private struct Visitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            var cores = new FarCores<TIsa, T, TVector>();
            foreach (Far far in (Far[])[Far.Rows, Far.Columns])
            {
                foreach ((int m, int n, int k) in ((int, int, int)[])[(11, 27, 13), (40, 9, 70)])
                {
                    cores.Gemm((m, n, k), far, Far.Nothing, Far.Nothing);
                    cores.Gemm((m, n, k), Far.Nothing, far, Far.Nothing);
                    cores.Gemm((m, n, k), Far.Nothing, Far.Nothing, far);
                    cores.Gemv(m, k, far);
                }

                cores.Syrk(far, Far.Nothing);
                cores.Syrk(Far.Nothing, far);
                cores.Trsm(far, Far.Nothing);
                cores.Trsm(Far.Nothing, far);
                cores.Potrf(far);
            }

            cores.Sensing();
        }
    }
}
