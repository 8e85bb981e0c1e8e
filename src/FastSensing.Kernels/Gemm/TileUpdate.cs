using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Gemm;

// The three updates are told apart by their sizes, like the numbers in Simd/Numbers.cs.

/// <summary>Type argument of a tile: C &#8592; alpha S + beta C, S the product.</summary>
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct GeneralUpdate;

/// <summary>Type argument of a tile: C &#8592; S.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct OverwriteUpdate;

/// <summary>Type argument of a tile: C &#8592; S + C.</summary>
[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct AddUpdate;
