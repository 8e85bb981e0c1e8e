using FastSensing.Kernels.Threading;

namespace FastSensing.Kernels.Gemm;

/// <summary>What the chunks of one block of a product share: the block, and how its panels of B or its part of C are cut.</summary>
internal unsafe struct TeamGemmWork<T>
    where T : unmanaged
{
    public GemmArguments<T> G;
    public GemmRegion Region;
    public GemmSchedule Schedule;

    /// <summary>First row, first column and first depth of the block.</summary>
    public nint IC;
    public nint JC;
    public nint PC;
    public nint Columns;
    public nint Depth;
    public T Beta;

    /// <summary>Columns of B that a chunk packs, a multiple of NR.</summary>
    public nint PackColumns;

    /// <summary>Rows and columns of C that a chunk computes, multiples of MR and NR, and the number of such rows of chunks.</summary>
    public nint ChunkRows;
    public nint ChunkColumns;
    public nint RowsOfChunks;

    /// <summary>The caller's workspace: the packed block of B for all, the rest for participant 0.</summary>
    public T* Workspace;

    /// <summary>The workspaces of the other participants.</summary>
    public TeamMemory<T> Memory;
}
