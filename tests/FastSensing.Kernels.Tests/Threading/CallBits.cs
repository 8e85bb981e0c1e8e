using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>The bits that a call leaves in its output and around it.</summary>
internal static class CallBits<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes the call, on operands that depend on the case alone.</summary>
    public static byte[] Of(IBlas<T> blas, in BlasCase call)
    {
        var random = new Random(call.Seed);
        using TestMatrix<T> output = call.Routine switch
        {
            Routine.Gemm => Gemm(blas, call, random),
            Routine.Gemv => Gemv(blas, call, random),
            Routine.Syrk => Syrk(blas, call, random),
            Routine.Trsm or Routine.Potrs => Solve(blas, call, random),
            _ => Potrf(blas, call, random),
        };
        return MemoryMarshal.AsBytes<T>(output.Save()).ToArray();
    }

    private static TestMatrix<T> Gemm(IBlas<T> blas, BlasCase call, Random random)
    {
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A).SetRandom(random);
        using TestMatrix<T> b = new TestMatrix<T>(call.K, call.N, call.B).SetRandom(random);
        var c = new TestMatrix<T>(call.M, call.N, call.C);
        blas.Gemm(Scalar(call.Alpha), a.View, b.View, Scalar(call.Beta), Started(c, call, random).View);
        return c;
    }

    private static TestMatrix<T> Gemv(IBlas<T> blas, BlasCase call, Random random)
    {
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A).SetRandom(random);
        using TestMatrix<T> x = new TestMatrix<T>(call.K, 1).SetRandom(random);
        var y = new TestMatrix<T>(call.M, 1);
        blas.Gemv(Scalar(call.Alpha), a.View, x.Vector, Scalar(call.Beta), Started(y, call, random).Vector);
        return y;
    }

    private static TestMatrix<T> Syrk(IBlas<T> blas, BlasCase call, Random random)
    {
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.K, call.A).SetRandom(random);
        var c = new TestMatrix<T>(call.M, call.M, call.C, region: Region.Lower);
        blas.Syrk(Scalar(call.Alpha), a.View, Scalar(call.Beta), Started(c, call, random).View);
        return c;
    }

    private static TestMatrix<T> Solve(IBlas<T> blas, BlasCase call, Random random)
    {
        using TestMatrix<T> a = new TestMatrix<T>(call.M, call.M, call.A).SetRandom(random);
        for (int i = 0; i < call.M; i++)
        {
            MatrixSpan<T> view = a.View;
            view[i, i] = Scalar(call.M);
        }

        TestMatrix<T> b = new TestMatrix<T>(call.M, call.N, call.B).SetRandom(random);
        if (call.Routine == Routine.Trsm)
        {
            blas.Trsm(call.Triangle, Scalar(call.Alpha), a.View, b.View);
        }
        else
        {
            blas.Potrs(a.View, b.View);
        }

        return b;
    }

    /// <summary>A positive definite matrix, or one whose pivot fails somewhere.</summary>
    private static TestMatrix<T> Potrf(IBlas<T> blas, BlasCase call, Random random)
    {
        TestMatrix<T> a = new TestMatrix<T>(call.M, call.M, call.A, region: Region.Lower).SetRandom(random);
        MatrixSpan<T> view = a.View;
        for (int i = 0; i < call.M; i++)
        {
            view[i, i] = Scalar(call.M);
        }

        if (call.Alpha < 0 && call.M > 0)
        {
            int failing = random.Next(call.M);
            view[failing, failing] = Scalar(-1);
        }

        int info = blas.Potrf(view);
        Assert.Equal(call.Alpha < 0 && call.M > 0, info != 0);
        return a;
    }

    private static TestMatrix<T> Started(TestMatrix<T> c, in BlasCase call, Random random) => call.Beta == 0 ? c : c.SetRandom(random);

    private static T Scalar(double value) => T.CreateChecked(value);
}
