namespace FastSensing.Kernels.Trsm;

/// <summary>A triangle and up to three registers of columns that it is applied to, their rows BRow elements apart.</summary>
/// <remarks>The reciprocals are those of the triangle's diagonal, for steps that multiply by them.</remarks>
internal unsafe struct TrianglePanel<T>
    where T : unmanaged
{
    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* Reciprocals;
    public T* B;
    public nint BRow;

    /// <summary>An upper triangle, taken from its last row on.</summary>
    public bool IsReversed;

    /// <summary>All reciprocals are normal numbers.</summary>
    public bool Multiplies;

    /// <summary>Lane of the first register that is the first row's own column, for a factorisation.</summary>
    public nint Lane;

    /// <summary>Two registers, for a factorisation.</summary>
    public T* Scratch;
}
