namespace FastSensing.Kernels.Gemm;

/// <summary>Type argument of a tile: its last register is used in full.</summary>
internal readonly struct WholeEdge;

/// <summary>Type argument of a tile: its last register is used in part, through a mask.</summary>
internal readonly struct MaskedEdge;
