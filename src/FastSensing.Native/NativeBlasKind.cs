namespace FastSensing.Native;

/// <summary>Whose library it is; it decides how version, core and threads are asked for.</summary>
public enum NativeBlasKind
{
    /// <summary>None of the known ones; only the CBLAS names are relied on.</summary>
    Other,

    /// <summary>Intel oneAPI Math Kernel Library.</summary>
    Mkl,

    /// <summary>OpenBLAS.</summary>
    OpenBlas,

    /// <summary>BLIS; it has no LAPACK, so <c>Potrf</c> is served in C#.</summary>
    Blis,

    /// <summary>Apple's Accelerate framework.</summary>
    Accelerate,
}
