using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// A product of a few tiles on its way to the chosen instruction set, without the decisions that a larger one needs: rows
/// contiguous in all three matrices, few of them, one panel of columns.
/// </summary>
/// <remarks>The order of the sums is that of <see cref="GemmVisitor{T}"/>, which would come to the same call of the kernel.</remarks>
internal unsafe struct GemmSmallVisitor<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LargestRows = 31;
    private const int LargestDepth = 128;

    public GemmPanel<T> Panel;

    /// <summary>Whether a product is one of those; all sizes are then at least 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Suits(T alpha, in ReadOnlyMatrixSpan<T> a, in ReadOnlyMatrixSpan<T> b, in MatrixSpan<T> c) =>
        (uint)(c.Rows - 1) < LargestRows
        && (uint)(a.Columns - 1) < LargestDepth
        && (uint)(c.Columns - 1) < (uint)Isa.PanelColumns<T>()
        && (c.Columns > 6 || a.Columns < 32)
        && a.ColumnStride == 1 && b.ColumnStride == 1 && c.ColumnStride == 1
        && alpha != T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged => GemmKernels<TIsa, T, TVector>.RunPanel(ref Panel);
}
