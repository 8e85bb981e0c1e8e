using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// The table instruction set x element type -> micro-kernel. One row per register budget; a hand-tuned kernel for one
/// pair is one more row.
/// </summary>
internal static unsafe class GemmKernels<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>Rows of the main tile.</summary>
    public static int MR => IsBroad ? GemmBroadKernel<TIsa, T, TVector>.MR
        : TIsa.HasManyRegisters ? GemmKernel<TIsa, T, TVector, N8>.MR
        : GemmKernel<TIsa, T, TVector, N4>.MR;

    /// <summary>Columns of the main tile.</summary>
    public static int NR => IsBroad ? GemmBroadKernel<TIsa, T, TVector>.NR
        : TIsa.HasManyRegisters ? GemmKernel<TIsa, T, TVector, N8>.NR
        : GemmKernel<TIsa, T, TVector, N4>.NR;

    /// <summary>Elements of workspace that <see cref="Run"/> may touch.</summary>
    public static int WorkspaceLength => GemmBlocking<T>.WorkspaceLength(NR);

    /// <summary>True where the registers are many and short: 32 of 128 bits.</summary>
    public static bool IsBroad => TIsa.HasManyRegisters && sizeof(TVector) == 16;

    /// <summary>C &#8592; alpha A B + beta C where that needs no workspace; else false, see the driver.</summary>
    public static bool TryRunInPlace(ref GemmArguments<T> g, GemmRegion region) => IsBroad
        ? GemmDriver<TIsa, T, TVector, GemmBroadKernel<TIsa, T, TVector>>.TryRunInPlace(ref g, region)
        : TIsa.HasManyRegisters ? GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N8>>.TryRunInPlace(ref g, region)
        : GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N4>>.TryRunInPlace(ref g, region);

    /// <summary>One panel in place: the kernel without a driver.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPanel(ref GemmPanel<T> panel)
    {
        if (IsBroad)
        {
            panel.ATile = GemmBroadKernel<TIsa, T, TVector>.MR * panel.ARow;
            GemmBroadKernel<TIsa, T, TVector>.Run(panel);
        }
        else if (TIsa.HasManyRegisters)
        {
            panel.ATile = GemmKernel<TIsa, T, TVector, N8>.MR * panel.ARow;
            GemmKernel<TIsa, T, TVector, N8>.Run(panel);
        }
        else
        {
            panel.ATile = GemmKernel<TIsa, T, TVector, N4>.MR * panel.ARow;
            GemmKernel<TIsa, T, TVector, N4>.Run(panel);
        }
    }

    /// <summary>C &#8592; alpha A B + beta C on the given region of C.</summary>
    public static void Run(in GemmArguments<T> g, GemmRegion region, T* workspace)
    {
        if (IsBroad)
        {
            GemmDriver<TIsa, T, TVector, GemmBroadKernel<TIsa, T, TVector>>.Run(g, region, workspace);
        }
        else if (TIsa.HasManyRegisters)
        {
            GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N8>>.Run(g, region, workspace);
        }
        else
        {
            GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N4>>.Run(g, region, workspace);
        }
    }

    /// <summary>Some columns of a larger product, with the bits that they have in it.</summary>
    public static void RunPart(in GemmArguments<T> part, in GemmArguments<T> whole, T* workspace)
    {
        if (IsBroad)
        {
            GemmDriver<TIsa, T, TVector, GemmBroadKernel<TIsa, T, TVector>>.RunPart(part, whole, workspace);
        }
        else if (TIsa.HasManyRegisters)
        {
            GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N8>>.RunPart(part, whole, workspace);
        }
        else
        {
            GemmDriver<TIsa, T, TVector, GemmKernel<TIsa, T, TVector, N4>>.RunPart(part, whole, workspace);
        }
    }
}
