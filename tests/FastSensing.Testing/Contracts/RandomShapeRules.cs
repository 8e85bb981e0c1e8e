using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Testing.Trials;

namespace FastSensing.Testing.Contracts;

/// <summary>Every routine on random shapes, layouts and factors, half of the sizes at block edges.</summary>
internal static class RandomShapeRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Calls = 400;

    public static void Gemm_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Gemm);

    public static void Gemv_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Gemv);

    public static void Syrk_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Syrk);

    public static void Trsm_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Trsm);

    public static void Potrf_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Potrf);

    public static void Potrs_RandomShapes_AreWithinTheirBounds(IBlas<T> blas) => Run(blas, Routine.Potrs);

    private static void Run(IBlas<T> blas, Routine routine)
    {
        var cases = new RandomCases(seed: 1, BlockEdges.OfEveryTag<T>());
        for (int call = 0; call < Calls; call++)
        {
            BlasTrial<T>.Run(blas, cases.Next(routine));
        }
    }
}
