using System.Runtime.InteropServices;

namespace FastSensing.Kernels.Simd;

// A small number as a type argument: the JIT compiles one body per number and leaves out what the number excludes. The
// number is the size of the struct, because sizeof of a type argument is known while code is being read in: excluded
// branches are not even imported, which keeps large bodies inside the JIT's inlining budget.

/// <summary>The number 1.</summary>
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct N1;

/// <summary>The number 2.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct N2;

/// <summary>The number 3.</summary>
[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct N3;

/// <summary>The number 4.</summary>
[StructLayout(LayoutKind.Sequential, Size = 4)]
internal readonly struct N4;

/// <summary>The number 5.</summary>
[StructLayout(LayoutKind.Sequential, Size = 5)]
internal readonly struct N5;

/// <summary>The number 6.</summary>
[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct N6;

/// <summary>The number 7.</summary>
[StructLayout(LayoutKind.Sequential, Size = 7)]
internal readonly struct N7;

/// <summary>The number 8.</summary>
[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct N8;
