using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Gemm;

/// <summary>Type argument of a tile: its last register is used in full. Told from <see cref="MaskedEdge"/> by its size.</summary>
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct WholeEdge;

/// <summary>Type argument of a tile: its last register is used in part, through a mask.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct MaskedEdge;
