using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Trsm;

/// <summary>Type argument of a tile: solve, with the reciprocals of the pivots. Told from the others by its size.</summary>
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct MultiplyingStep;

/// <summary>Type argument of a tile: solve, by divisions, for pivots whose reciprocals are no normal numbers.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct DividingStep;

/// <summary>Type argument of a tile: factor the diagonal block, and solve for the columns behind it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct FactoringStep;
