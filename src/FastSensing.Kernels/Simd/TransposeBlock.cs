namespace FastSensing.Kernels.Simd;

/// <summary>A block to transpose: Rows lines of Columns contiguous elements become Columns lines of Rows elements.</summary>
internal unsafe struct TransposeBlock<T>
    where T : unmanaged
{
    public T* Source;
    public nint SourceStride;
    public nint Rows;
    public nint Columns;
    public T* Target;
    public nint TargetStride;

    /// <summary>Element by element, any size.</summary>
    public readonly void MoveElements()
    {
        for (nint i = 0; i < Rows; i++)
        {
            for (nint j = 0; j < Columns; j++)
            {
                Target[(j * TargetStride) + i] = Source[(i * SourceStride) + j];
            }
        }
    }
}
