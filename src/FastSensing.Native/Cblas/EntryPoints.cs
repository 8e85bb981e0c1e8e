namespace FastSensing.Native.Cblas;

/// <summary>The routines of one library for one element type, whatever the width of its integers.</summary>
internal abstract unsafe class EntryPoints<T>
    where T : unmanaged
{
    /// <summary>False when the library has no Cholesky.</summary>
    public abstract bool HasPotrf { get; }

    public abstract void Gemm(in GemmCall<T> call);

    public abstract void Gemv(in GemvCall<T> call);

    public abstract void Syrk(in SyrkCall<T> call);

    public abstract void Trsm(in TrsmCall<T> call);

    /// <summary>Column-major Cholesky in place of the triangle 'L' or 'U'; INFO as the library gives it.</summary>
    public abstract int Potrf(byte triangle, int n, T* a, int lda);
}
