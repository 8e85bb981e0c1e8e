using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// C &#8592; alpha A B + beta C: the loops over cache blocks around a micro-kernel. Owns packing, edges, general strides
/// of C and beta; reads and writes nothing but its arguments and the workspace.
/// </summary>
/// <remarks>
/// Loops, outermost first: NC columns (B, C), KC of the inner dimension (A, B), MC rows (A, C), panels of NR columns, and
/// inside the kernel tiles of MR rows. An operand that needs no packing is read where it lies; when none needs it, the
/// blocks are the whole matrices.
/// </remarks>
internal static unsafe class GemmDriver<TIsa, T, TVector, TKernel>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TKernel : struct, IGemmKernel<T>
{
    /// <summary>Columns of C up to which it is computed as its transpose: idle lanes cost more than staging.</summary>
    private static int LargestAcross => TIsa.Count * 5 / 8;

    /// <summary>
    /// Computes the product without a workspace, where neither packing nor staging pays: small and skinny shapes. Else
    /// returns false and has done nothing but to transpose <paramref name="g"/> where that suits <see cref="Run"/>.
    /// </summary>
    /// <remarks>K = 0 and alpha = 0 scale C by beta and read neither A nor B.</remarks>
    public static bool TryRunInPlace(ref GemmArguments<T> g, GemmRegion region)
    {
        if (g.Alpha == T.Zero || g.K == 0)
        {
            Scale(g, region);
            return true;
        }

        if (Transposes(g, region))
        {
            g = g.Transpose();
        }

        if (NeedsStaging(g, region) || GemmBlocking<T>.PacksB(g, TKernel.MR) || GemmBlocking<T>.PacksA(g, TKernel.MR, TKernel.NR)
            || GemmBlocking<T>.CrossesPages(g) || GemmThin<TIsa, T, TVector>.Suits(g))
        {
            return false;
        }

        GemmPanel<T> panel = new()
        {
            M = g.M,
            K = g.K,
            A = g.A,
            ATile = TKernel.MR * g.ARow,
            ARow = g.ARow,
            AColumn = g.AColumn,
            BRow = g.BRow,
            CRow = g.CRow,
            Alpha = g.Alpha,
            Beta = g.Beta,
        };
        for (nint j = 0; j < g.N; j += panel.N)
        {
            panel.N = PanelWidth(g.N - j);
            panel.B = g.B + j;
            panel.C = g.C + j;
            TKernel.Run(panel);
        }

        return true;
    }

    /// <summary>Computes the product, in place or with packed blocks.</summary>
    public static void Run(GemmArguments<T> g, GemmRegion region, T* workspace)
    {
        if (TryRunInPlace(ref g, region))
        {
            return;
        }

        if (region == GemmRegion.Full && GemmThin<TIsa, T, TVector>.Suits(g))
        {
            GemmThin<TIsa, T, TVector>.Run(g, workspace);
        }
        else
        {
            RunBlocks(g, region, ScheduleOf(g), workspace);
        }
    }

    /// <summary>
    /// Computes a product that is some columns of a larger one, K > 0 and alpha not 0, and adds every sum up in the order in
    /// which the whole product adds it up.
    /// </summary>
    public static void RunPart(GemmArguments<T> part, GemmArguments<T> whole, T* workspace)
    {
        if (Transposes(whole, GemmRegion.Full))
        {
            whole = whole.Transpose();
            part = part.Transpose();
        }

        if (GemmThin<TIsa, T, TVector>.Suits(whole))
        {
            GemmThin<TIsa, T, TVector>.Run(part, workspace);
        }
        else
        {
            RunBlocks(part, GemmRegion.Full, ScheduleOf(whole), workspace);
        }
    }

    /// <summary>
    /// Contiguous rows of C are preferred, but for a C of few columns and an A of contiguous columns: see <see cref="LiesAcross"/>. A
    /// lower region has rows and columns that differ, so it stays as it is.
    /// </summary>
    public static bool Transposes(in GemmArguments<T> g, GemmRegion region)
    {
        if (region != GemmRegion.Full)
        {
            return false;
        }

        return LiesAcross(g) || (!g.HasContiguousRows && (g.CRow == 1 || g.M == 1) && !LiesAcross(g.Transpose()));
    }

    /// <summary>
    /// G^T L for a gradient G and a factor L of a few columns: as L^T G it fills whole registers with rows of G, which pays for
    /// staging the transpose of the result. Its sums are those of the other way when beta takes no rounding.
    /// </summary>
    private static bool LiesAcross(in GemmArguments<T> g) =>
        g.ARow == 1 && g.AColumn > 1 && g.CColumn == 1 && g.N > 1 && g.N <= LargestAcross && g.M >= TKernel.NR && g.K >= 32
        && g.CRow > 1 && (g.Beta == T.Zero || g.Beta == T.One);

    /// <summary>How a product that has been transposed if that suits it is cut into blocks.</summary>
    public static GemmSchedule ScheduleOf(in GemmArguments<T> g)
    {
        bool packsB = GemmBlocking<T>.PacksB(g, TKernel.MR);
        bool packsA = GemmBlocking<T>.PacksA(g, TKernel.MR, TKernel.NR);
        bool blocked = packsA || packsB;
        return new()
        {
            PacksA = packsA,
            PacksB = packsB,
            KC = GemmBlocking<T>.Depth(g, blocked),
            NC = blocked ? GemmBlocking<T>.NC / TKernel.NR * TKernel.NR : g.N,
        };
    }

    private static void RunBlocks(in GemmArguments<T> g, GemmRegion region, in GemmSchedule schedule, T* workspace)
    {
        if (schedule.KC < g.K && T.IsInfinity(g.Alpha))
        {
            GemmElements<T>.Run(g, region);
            return;
        }

        nint mc = GemmBlocking<T>.Balance(g.M, GemmBlocking<T>.MC / TKernel.MR * TKernel.MR, TKernel.MR);
        GemmBlock<TIsa, T, TVector, TKernel> block = new(workspace, workspace + GemmBlocking<T>.BBlockLength);
        for (nint jc = 0; jc < g.N; jc += schedule.NC)
        {
            block.Columns = Math.Min(schedule.NC, g.N - jc);
            for (nint pc = 0; pc < g.K; pc += schedule.KC)
            {
                block.Depth = Math.Min(schedule.KC, g.K - pc);
                block.Beta = pc == 0 ? g.Beta : T.One;
                block.LoadB(g, pc, jc, schedule.PacksB);
                nint firstRow = region == GemmRegion.Lower ? jc : 0;
                for (nint ic = firstRow; ic < g.M; ic += mc)
                {
                    block.Rows = Math.Min(mc, g.M - ic);
                    block.LoadA(g, ic, pc, schedule.PacksA);
                    block.Compute(g, ic, jc, region);
                }
            }
        }
    }

    /// <summary>Columns of the next panel in place: all of them, or one register less where a sliver of half a register would be left.</summary>
    private static nint PanelWidth(nint left)
    {
        nint behind = left - TKernel.NR;
        return behind > 0 && behind <= TIsa.Count / 2 ? TKernel.NR - TIsa.Count : Math.Min(TKernel.NR, left);
    }

    /// <summary>C &#8592; beta C.</summary>
    private static void Scale(in GemmArguments<T> g, GemmRegion region)
    {
        if (g.Beta == T.One)
        {
            return;
        }

        for (nint i = 0; i < g.M; i++)
        {
            T* row = g.C + (i * g.CRow);
            nint width = region == GemmRegion.Lower ? i + 1 : g.N;
            for (nint j = 0; j < width; j++)
            {
                row[j * g.CColumn] = g.Beta == T.Zero ? T.Zero : g.Beta * row[j * g.CColumn];
            }
        }
    }

    private static bool NeedsStaging(in GemmArguments<T> g, GemmRegion region) => region == GemmRegion.Lower || !g.HasContiguousRows;
}
