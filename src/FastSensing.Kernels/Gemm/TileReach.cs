using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Gemm;

/// <summary>Type argument of a tile: a call computes a single tile, and its body has no loop but that over k. Told from <see cref="ManyTiles"/> by its size.</summary>
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct OneTile;

/// <summary>Type argument of a tile: a call sweeps any number of tiles.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct ManyTiles;
