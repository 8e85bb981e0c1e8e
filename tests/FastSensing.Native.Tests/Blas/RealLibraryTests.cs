using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Allocations;
using FastSensing.Testing.Skipping;

namespace FastSensing.Native.Tests.Blas;

/// <summary>The installed libraries: what they say about themselves, the probe, bytes per call.</summary>
public sealed class RealLibraryTests
{
    [NativeBlasFact("openblas")]
    public void Load_OpenBlas_TellsWhatItIs() => AssertFacts(NativeBlasLibrary.Load("openblas"), NativeBlasKind.OpenBlas, "OpenBLAS", hasPotrf: true);

    [NativeBlasFact("blis")]
    public void Load_Blis_TellsWhatItIs() => AssertFacts(NativeBlasLibrary.Load("blis"), NativeBlasKind.Blis, "BLIS", hasPotrf: false);

    [NativeBlasFact("mkl")]
    public void Load_Mkl_TellsWhatItIs() => AssertFacts(NativeBlasLibrary.Load("mkl"), NativeBlasKind.Mkl, "Math Kernel Library", hasPotrf: true);

    [NativeBlasFact("openblas")]
    public void Calls_OpenBlas_AllocateNothing() => AssertNoBytes("openblas");

    [NativeBlasFact("blis")]
    public void Calls_Blis_AllocateNothing() => AssertNoBytes("blis");

    [NativeBlasFact("mkl")]
    public void Calls_Mkl_AllocateNothing() => AssertNoBytes("mkl");

    private static void AssertFacts(NativeBlasLibrary library, NativeBlasKind kind, string version, bool hasPotrf)
    {
        Assert.Equal(kind, library.Kind);
        Assert.Contains(version, library.Version, StringComparison.Ordinal);
        Assert.NotEqual("unknown", library.Core);
        Assert.Equal(BlasIntegerWidth.Int32, library.IntegerWidth);
        Assert.Equal(1, library.Threads);
        Assert.Equal(hasPotrf, library.HasPotrf);
        Assert.Null(NativeBlasProbe.FindFault(library));
    }

    private static void AssertNoBytes(string backEnd)
    {
        IBlas<double> blas = new NativeBlas<double>(NativeBlasLibrary.Load(backEnd));
        using AlignedBuffer<double> memory = new(3 * 40 * 40);
        AllocationMeter.AssertNone(() =>
        {
            Scratch<double> pieces = new(memory.Span);
            MatrixSpan<double> a = pieces.TakeMatrix(40, 40);
            MatrixSpan<double> b = pieces.TakeMatrix(40, 40);
            MatrixSpan<double> c = pieces.TakeMatrix(40, 40);
            a.Fill(0.5);
            b.Fill(1);
            blas.Gemm(1, a, b.Transpose(), 0, c.Transpose());
            blas.Syrk(1, a, 0, c);
            for (int i = 0; i < 40; i++)
            {
                c[i, i] += 1;
            }

            blas.Potrf(c);
            blas.Potrs(c, b);
            blas.Gemv(1, a, b.Row(0), 0, b.Row(1));
            c[3, 3] = double.NaN;
            blas.Potrf(c);
            blas.Gemm(1, a.Slice(0, 0, 20, 40), b, 0, new MatrixSpan<double>(memory.Span[3200..], 20, 40, 80, 2));
        });
    }
}
