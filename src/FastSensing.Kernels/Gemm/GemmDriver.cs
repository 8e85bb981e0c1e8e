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

        // Contiguous rows of C are preferred. A lower region has rows and columns that differ, so it stays as it is.
        if (region == GemmRegion.Full && !HasContiguousRows(g) && (g.CRow == 1 || g.M == 1))
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
            return;
        }

        bool packsB = GemmBlocking<T>.PacksB(g, TKernel.MR);
        bool packsA = GemmBlocking<T>.PacksA(g, TKernel.MR, TKernel.NR);
        bool blocked = packsA || packsB;
        nint kc = GemmBlocking<T>.Depth(g, blocked);
        nint nc = blocked ? GemmBlocking<T>.NC / TKernel.NR * TKernel.NR : g.N;
        nint mc = GemmBlocking<T>.Balance(g.M, GemmBlocking<T>.MC / TKernel.MR * TKernel.MR, TKernel.MR);
        Block block = new(workspace);

        for (nint jc = 0; jc < g.N; jc += nc)
        {
            block.Columns = Math.Min(nc, g.N - jc);
            for (nint pc = 0; pc < g.K; pc += kc)
            {
                block.Depth = Math.Min(kc, g.K - pc);
                block.Beta = pc == 0 ? g.Beta : T.One;
                block.LoadB(g, pc, jc, packsB);
                nint firstRow = region == GemmRegion.Lower ? jc : 0;
                for (nint ic = firstRow; ic < g.M; ic += mc)
                {
                    block.Rows = Math.Min(mc, g.M - ic);
                    block.LoadA(g, ic, pc, packsA);
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

    private static bool HasContiguousRows(in GemmArguments<T> g) => g.CColumn == 1 || g.N == 1;

    private static bool NeedsStaging(in GemmArguments<T> g, GemmRegion region) => region == GemmRegion.Lower || !HasContiguousRows(g);

    /// <summary>The block in hand: where its operands lie after packing or in place.</summary>
    private struct Block(T* workspace)
    {
        public nint Rows;
        public nint Columns;
        public nint Depth;
        public T Beta;

        private readonly T* _packedB = workspace;
        private readonly T* _packedA = workspace + ((nint)GemmBlocking<T>.KC * GemmBlocking<T>.NC);
        private readonly T* _staging = workspace + ((nint)GemmBlocking<T>.KC * GemmBlocking<T>.NC) + GemmBlocking<T>.ABlockLength;
        private T* _a;
        private nint _aRow;
        private nint _aColumn;
        private T* _b;
        private nint _bRow;
        private nint _bPanel;

        public void LoadB(in GemmArguments<T> g, nint pc, nint jc, bool packs)
        {
            T* source = g.B + (pc * g.BRow) + (jc * g.BColumn);
            if (packs)
            {
                GemmPacking<TIsa, T, TVector>.B(source, g.BRow, g.BColumn, Depth, Columns, TKernel.NR, _packedB);
                _b = _packedB;
                _bRow = TKernel.NR;
                _bPanel = Depth * TKernel.NR;
            }
            else
            {
                _b = source;
                _bRow = g.BRow;
                _bPanel = TKernel.NR;
            }
        }

        public void LoadA(in GemmArguments<T> g, nint ic, nint pc, bool packs)
        {
            T* source = g.A + (ic * g.ARow) + (pc * g.AColumn);
            nint padding = GemmBlocking<T>.LinePadding;
            if (!packs)
            {
                Place(source, g.ARow, g.AColumn);
            }
            else if (g.ARow == 1)
            {
                Place(_packedA, 1, Rows + padding);
                GemmPacking<TIsa, T, TVector>.Lines(source, g.AColumn, Depth, Rows, _a, _aColumn);
            }
            else
            {
                Place(_packedA, Depth + padding, 1);
                if (g.AColumn == 1)
                {
                    GemmPacking<TIsa, T, TVector>.Lines(source, g.ARow, Rows, Depth, _a, _aRow);
                }
                else
                {
                    GemmPacking<TIsa, T, TVector>.General(source, g.ARow, g.AColumn, Rows, Depth, _a, _aRow);
                }
            }
        }

        private void Place(T* a, nint row, nint column)
        {
            _a = a;
            _aRow = row;
            _aColumn = column;
        }

        /// <summary>All panels of the block whose first element of C is (ic, jc).</summary>
        public readonly void Compute(in GemmArguments<T> g, nint ic, nint jc, GemmRegion region)
        {
            nint panel = 0;
            for (nint jr = 0; jr < Columns; jr += TKernel.NR, panel++)
            {
                nint width = Math.Min(TKernel.NR, Columns - jr);
                nint column = jc + jr;
                GemmPanel<T> p = Panel(g, panel, width);
                if (region == GemmRegion.Full && HasContiguousRows(g))
                {
                    Direct(g, p, ic, 0, Rows, column);
                    continue;
                }

                // Rows above the diagonal are left out, those that cross it are staged, the rest is like any other.
                nint first = region == GemmRegion.Lower ? Math.Clamp(column - ic, 0, Rows) : 0;
                nint below = region == GemmRegion.Lower && HasContiguousRows(g) ? Math.Clamp(column + width - ic, 0, Rows) : Rows;
                Staged(g, p, ic, first, below, column, region);
                Direct(g, p, ic, below, Rows, column);
            }
        }

        private readonly GemmPanel<T> Panel(in GemmArguments<T> g, nint panel, nint width) => new()
        {
            N = width,
            K = Depth,
            ATile = TKernel.MR * _aRow,
            ARow = _aRow,
            AColumn = _aColumn,
            B = _b + (panel * _bPanel),
            BRow = _bRow,
            Alpha = g.Alpha,
        };

        private readonly void Direct(in GemmArguments<T> g, GemmPanel<T> p, nint ic, nint from, nint to, nint column)
        {
            if (from >= to)
            {
                return;
            }

            p.M = to - from;
            p.A = _a + (from * _aRow);
            p.C = g.C + ((ic + from) * g.CRow) + (column * g.CColumn);
            p.CRow = g.CRow;
            p.Beta = Beta;
            TKernel.Run(p);
        }

        /// <summary>Computes rows from..to into the staging panel and moves those elements to C that belong to it.</summary>
        private readonly void Staged(in GemmArguments<T> g, GemmPanel<T> p, nint ic, nint from, nint to, nint column, GemmRegion region)
        {
            if (from >= to)
            {
                return;
            }

            p.M = to - from;
            p.A = _a + (from * _aRow);
            p.C = _staging;
            p.CRow = TKernel.NR;
            p.Beta = T.Zero;
            TKernel.Run(p);
            for (nint i = from; i < to; i++)
            {
                T* source = _staging + ((i - from) * TKernel.NR);
                T* target = g.C + ((ic + i) * g.CRow) + (column * g.CColumn);
                nint width = region == GemmRegion.Lower ? Math.Min(p.N, ic + i - column + 1) : p.N;
                GemmStaging<TIsa, T, TVector>.Line(source, width, Beta, target, g.CColumn);
            }
        }
    }
}
