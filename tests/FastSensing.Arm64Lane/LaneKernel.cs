namespace FastSensing.Arm64Lane;

/// <summary>The kernels of the lane, in the order of enum kernel in native/arm64-lane/lane.h.</summary>
internal enum LaneKernel
{
    Tile,
    PlanTile,
    GemmInPlace,
    GemmPacked,
    Gemm,
    GemmThin,
    Syrk,
    Trsm,
    Potrf,
    Gemv,
    Dot,
    Axpy,
    Scal,
    DenseForward,
    DenseAdjoint,
    DenseFused,
    EntryForward,
    EntryAdjoint,
    EntryFused,
}
