namespace FastSensing.Kernels.Gemm;

/// <summary>
/// One call of a tile body in a plan: Tiles x Panels tiles of one shape, where they lie in the three operands, and the
/// body compiled for that shape.
/// </summary>
internal unsafe struct GemmSweep<T>
    where T : unmanaged
{
    /// <summary>Depth, strides, factors and the edge.</summary>
    public GemmPanel<T> Panel;

    /// <summary>Offset of the first tile in A, in elements.</summary>
    public nint A;

    /// <summary>Offset of the first panel in B.</summary>
    public nint B;

    /// <summary>Offset of the first tile in C.</summary>
    public nint C;

    public nint Tiles;
    public nint Panels;
    public delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Body;
}
