namespace FastSensing.Testing.Trials;

/// <summary>The routines of IBlas.</summary>
public enum Routine
{
    /// <summary>C = alpha A B + beta C.</summary>
    Gemm,

    /// <summary>y = alpha A x + beta y.</summary>
    Gemv,

    /// <summary>Lower triangle of C = alpha A A^T + beta C.</summary>
    Syrk,

    /// <summary>B = alpha tri(A)^-1 B.</summary>
    Trsm,

    /// <summary>A = L L^T.</summary>
    Potrf,

    /// <summary>B = (L L^T)^-1 B.</summary>
    Potrs,
}
