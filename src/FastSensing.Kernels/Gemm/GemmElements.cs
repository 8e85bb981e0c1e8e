using System.Numerics;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// C &#8592; alpha A B + beta C element by element: for an infinite alpha, which must meet finished sums. On the parts of a
/// sum in blocks it could leave infinities of both signs.
/// </summary>
internal static unsafe class GemmElements<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run(in GemmArguments<T> g, GemmRegion region)
    {
        for (nint i = 0; i < g.M; i++)
        {
            nint width = region == GemmRegion.Lower ? i + 1 : g.N;
            for (nint j = 0; j < width; j++)
            {
                T sum = T.Zero;
                for (nint k = 0; k < g.K; k++)
                {
                    sum += g.A[(i * g.ARow) + (k * g.AColumn)] * g.B[(k * g.BRow) + (j * g.BColumn)];
                }

                T* c = g.C + (i * g.CRow) + (j * g.CColumn);
                *c = g.Beta == T.Zero ? g.Alpha * sum : (g.Alpha * sum) + (g.Beta * *c);
            }
        }
    }
}
