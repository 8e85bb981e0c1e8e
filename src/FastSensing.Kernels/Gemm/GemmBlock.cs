using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>The block in hand: where its operands lie after packing or in place.</summary>
/// <param name="packedB">Memory for a block of B.</param>
/// <param name="packedA">Memory for a block of A and, behind it, a staging panel.</param>
internal unsafe struct GemmBlock<TIsa, T, TVector, TKernel>(T* packedB, T* packedA)
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TKernel : struct, IGemmKernel<T>
{
    public nint Rows;
    public nint Columns;
    public nint Depth;
    public T Beta;

    private readonly T* _packedB = packedB;
    private readonly T* _packedA = packedA;
    private readonly T* _staging = packedA + GemmBlocking<T>.ABlockLength;
    private T* _a;
    private nint _aRow;
    private nint _aColumn;
    private T* _b;
    private nint _bRow;
    private nint _bPanel;

    /// <summary>Takes the block of B at (pc, jc) where it lies, or packs it.</summary>
    public void LoadB(in GemmArguments<T> g, nint pc, nint jc, bool packs)
    {
        if (packs)
        {
            PackB(g, pc, jc, 0, Columns);
            PlacePackedB(0);
        }
        else
        {
            PlaceB(g.B + (pc * g.BRow) + (jc * g.BColumn), g.BRow, TKernel.NR);
        }
    }

    /// <summary>Packs some panels of the block of B at (pc, jc): columns first to last, first a multiple of NR.</summary>
    public readonly void PackB(in GemmArguments<T> g, nint pc, nint jc, nint first, nint last)
    {
        T* source = g.B + (pc * g.BRow) + ((jc + first) * g.BColumn);
        GemmPacking<TIsa, T, TVector>.B(source, g.BRow, g.BColumn, Depth, last - first, TKernel.NR, _packedB + (first * Depth));
    }

    /// <summary>Takes the packed block of B from a column on that is a multiple of NR.</summary>
    public void PlacePackedB(nint first) => PlaceB(_packedB + (first * Depth), TKernel.NR, Depth * TKernel.NR);

    /// <summary>Takes the block of A at (ic, pc) where it lies, or packs it.</summary>
    public void LoadA(in GemmArguments<T> g, nint ic, nint pc, bool packs)
    {
        T* source = g.A + (ic * g.ARow) + (pc * g.AColumn);
        nint padding = GemmBlocking<T>.LinePadding;
        if (!packs)
        {
            PlaceA(source, g.ARow, g.AColumn);
        }
        else if (g.ARow == 1)
        {
            PlaceA(_packedA, 1, Rows + padding);
            GemmPacking<TIsa, T, TVector>.Lines(source, g.AColumn, Depth, Rows, _a, _aColumn);
        }
        else
        {
            PlaceA(_packedA, Depth + padding, 1);
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

    private void PlaceB(T* b, nint row, nint panel)
    {
        _b = b;
        _bRow = row;
        _bPanel = panel;
    }

    private void PlaceA(T* a, nint row, nint column)
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
            if (region == GemmRegion.Full && g.HasContiguousRows)
            {
                Direct(g, p, ic, 0, Rows, column);
                continue;
            }

            // Rows above the diagonal are left out, those that cross it are staged, the rest is like any other.
            nint first = region == GemmRegion.Lower ? Math.Clamp(column - ic, 0, Rows) : 0;
            nint below = region == GemmRegion.Lower && g.HasContiguousRows ? Math.Clamp(column + width - ic, 0, Rows) : Rows;
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
