using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace Readme;

/// <summary>The first example of README.md, run. The namespace is nobody's, so the file needs the imports that a user's needs: those of the README.</summary>
public class GemmExample
{
    [Fact]
    public void GemmAndCholesky_OnOnesOwnMemory_AllocateNothing()
    {
        var blas = new ManagedBlas<double>();
        blas.Prewarm();

        double[] memory = [1, 2, 3, 4, 5, 6, 0, 0, 0, 0];               // yours: an array, a stackalloc, native memory
        var a = new MatrixSpan<double>(memory.AsSpan(0, 6), rows: 3, columns: 2);
        var gram = new MatrixSpan<double>(memory.AsSpan(6), rows: 2, columns: 2);

        long before = GC.GetAllocatedBytesForCurrentThread();
        blas.Gemm(1.0, a.Transpose(), a, 0.0, gram);                    // gram <- A^T A: a transpose is a view
        int info = blas.Potrf(gram);                                    // gram = L L^T in place; 0, or the failing pivot
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(0, info);
        Assert.Equal(Math.Sqrt(35.0), gram[0, 0], 1e-14);
        Assert.Equal(44.0 / Math.Sqrt(35.0), gram[1, 0], 1e-14);
    }
}
