namespace FastSensing.Kernels.Gemm;

/// <summary>How a product is cut into blocks: a function of its whole shape, whoever computes which part of it.</summary>
internal readonly struct GemmSchedule
{
    public bool PacksA { get; init; }

    public bool PacksB { get; init; }

    /// <summary>Depth of the blocks: the order in which the terms of a sum are added.</summary>
    public nint KC { get; init; }

    /// <summary>Columns of the blocks of B and C.</summary>
    public nint NC { get; init; }
}
