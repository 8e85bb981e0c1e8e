namespace FastSensing.Kernels.Potrf;

/// <summary>Some rows of a lower triangle, those from First on, and the panel in which they are staged transposed.</summary>
internal unsafe struct PotrfRows<T>
    where T : unmanaged
{
    /// <summary>Element (First, 0).</summary>
    public T* A;
    public nint Row;
    public nint Column;
    public nint First;
    public nint Count;
    public T* Panel;

    /// <summary>A square of a register's width.</summary>
    public T* Image;
}
