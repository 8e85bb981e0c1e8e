using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>How a planned product is computed: by sweeps over operands where they lie, or by the driver.</summary>
internal unsafe struct GemmRoute<T> : IIsaVisitor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The product, its pointers left open but that of a right operand to be packed.</summary>
    public GemmArguments<T> Arguments;

    /// <summary>Where the right operand is packed to; null when it stays where it is.</summary>
    public T* Packed;

    /// <summary>The sweeps; none when the driver computes.</summary>
    public GemmSweep<T>[] Sweeps;

    /// <summary>The sweeps compute the transposed product.</summary>
    public bool IsTransposed;

    /// <summary>The driver: a call of Gemm, with memory of the pool where it needs some.</summary>
    public delegate*<in GemmArguments<T>, BufferPool<T>, void> Driver;

    /// <summary>Elements that the driver may rent.</summary>
    public int WorkspaceLength;

    /// <summary>Chooses for the instruction set of this process.</summary>
    /// <param name="arguments">The product; pointers only to what is packed.</param>
    /// <param name="packed">Where the right operand is packed to, or null.</param>
    public static GemmRoute<T> Choose(in GemmArguments<T> arguments, T* packed)
    {
        GemmRoute<T> route = new() { Arguments = arguments, Packed = packed };
        Isa.Dispatch<T, GemmRoute<T>>(ref route);
        return route;
    }

    public void Visit<TIsa, TVector>()
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        Driver = &Drive<TIsa, TVector>;
        WorkspaceLength = GemmKernels<TIsa, T, TVector>.WorkspaceLength;
        Sweeps = [];
        IsTransposed = !Arguments.HasContiguousRows && Arguments.Transpose().HasContiguousRows;
        GemmArguments<T> g = IsTransposed ? Arguments.Transpose() : Arguments;
        bool packs = Packed != null && !IsTransposed;
        GemmArguments<T> placed = g;
        if (packs)
        {
            // What is decided, and with it the order of the sums, does not depend on how a B lies that is copied anyway.
            (placed.BRow, placed.BColumn) = (g.N, 1);
        }

        if (g.M == 0 || g.N == 0 || g.K == 0 || g.Alpha == T.Zero || !g.HasContiguousRows
            || GemmBlocking<T>.CrossesPages(g) || GemmThin<TIsa, T, TVector>.Suits(placed))
        {
            return;
        }

        int mr = GemmKernels<TIsa, T, TVector>.MR;
        bool packsA = GemmBlocking<T>.PacksA(placed, mr, GemmKernels<TIsa, T, TVector>.NR);
        bool packsB = GemmBlocking<T>.PacksB(placed, mr);
        if (packs && !packsA)
        {
            Sweeps = GemmSweeps<TIsa, T, TVector>.Pack(g, packsB, Packed);
        }
        else if (Packed == null && !packsA && !packsB)
        {
            Sweeps = GemmSweeps<TIsa, T, TVector>.Of(g);
        }
    }

    private static void Drive<TIsa, TVector>(in GemmArguments<T> g, BufferPool<T> pool)
        where TIsa : struct, IIsa<T, TVector>
        where TVector : unmanaged
    {
        GemmVisitor<T> call = new() { Arguments = g, Region = GemmRegion.Full, Pool = pool };
        call.Visit<TIsa, TVector>();
    }
}
