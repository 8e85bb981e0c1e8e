using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// C &#8592; alpha A B + beta C for an A with contiguous rows and a B of very few columns, by sums along K: G R for a
/// gradient G and a factor R of very small rank.
/// </summary>
/// <remarks>B^T is packed, a block of K at a time, so that it stays in the first-level cache. C may have any strides.</remarks>
internal static unsafe class GemmThin<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int LargestN = 6;
    private const int Depth = 256;

    /// <summary>Rows that are swept for one group of columns before the next: they stay in the first-level cache.</summary>
    private const int BandRows = 32;

    /// <summary>Elements of workspace that <see cref="Run"/> may touch: B^T of one block.</summary>
    public static int WorkspaceLength => LargestN * Depth;

    /// <summary>
    /// Whether sums along K are the faster way: at least half of the lanes would be idle otherwise, and the sums are long
    /// enough to pay for adding up the lanes; longer ones for more columns than a tile has. An infinite alpha must meet
    /// finished sums, not those of a block.
    /// </summary>
    public static bool Suits(in GemmArguments<T> g) =>
        g.N <= Math.Min(LargestN, TIsa.Count / 2) && g.AColumn == 1 && g.M >= 4
        && g.K >= 4 * TIsa.Count && (g.N <= 3 || (TIsa.Count >= 16 && g.K >= 6 * TIsa.Count)) && !T.IsInfinity(g.Alpha);

    /// <summary>Computes the product.</summary>
    public static void Run(in GemmArguments<T> g, T* workspace)
    {
        GemmDotPanel<T> panel = new() { ARow = g.ARow, CRow = g.CRow, CColumn = g.CColumn, Alpha = g.Alpha };
        nint bandRows = g.N <= 3 ? g.M : BandRows;
        for (nint k = 0; k < g.K; k += Depth)
        {
            panel.K = Math.Min(Depth, g.K - k);
            panel.BLine = panel.K;
            panel.Beta = k == 0 ? g.Beta : T.One;
            Pack(g.B + (k * g.BRow), g, panel.K, workspace);
            for (nint i = 0; i < g.M; i += bandRows)
            {
                panel.M = Math.Min(bandRows, g.M - i);
                panel.A = g.A + (i * g.ARow) + k;
                panel.B = workspace;
                panel.C = g.C + (i * g.CRow);
                Band(ref panel, g.N);
            }
        }
    }

    /// <summary>All columns of a band of rows: three at a time, but rather two and two than three and one.</summary>
    private static void Band(ref GemmDotPanel<T> panel, nint columns)
    {
        while (columns > 0)
        {
            nint width = columns == 4 ? 2 : Math.Min(3, columns);
            switch (width)
            {
                case 1:
                    Columns<N1>(panel);
                    break;
                case 2:
                    Columns<N2>(panel);
                    break;
                default:
                    Columns<N3>(panel);
                    break;
            }

            columns -= width;
            panel.B += width * panel.BLine;
            panel.C += width * panel.CColumn;
        }
    }

    /// <summary>B^T of one block, line after line.</summary>
    private static void Pack(T* b, in GemmArguments<T> g, nint depth, T* target)
    {
        if (g.BColumn != 1)
        {
            GemmPacking<TIsa, T, TVector>.General(b, g.BColumn, g.BRow, g.N, depth, target, depth);
            return;
        }

        TransposeBlock<T> block = new() { SourceStride = g.BRow, Columns = g.N, TargetStride = depth };
        for (nint k = 0; k < depth; k += TIsa.Count)
        {
            block.Rows = Math.Min(TIsa.Count, depth - k);
            block.Source = b + (k * g.BRow);
            block.Target = target + k;
            TIsa.Transpose(block);
        }
    }

    private static void Columns<TColumns>(GemmDotPanel<T> panel)
        where TColumns : unmanaged
    {
        if (panel.K % TIsa.Count == 0)
        {
            Rows<TColumns, WholeEdge>(panel);
        }
        else
        {
            Rows<TColumns, MaskedEdge>(panel);
        }
    }

    private static void Rows<TColumns, TEdge>(GemmDotPanel<T> panel)
        where TColumns : unmanaged
        where TEdge : unmanaged
    {
        if (TIsa.HasManyRegisters)
        {
            Tiles<N8, TColumns, TEdge>(ref panel);
        }

        Tiles<N4, TColumns, TEdge>(ref panel);
        Tiles<N2, TColumns, TEdge>(ref panel);
        Tiles<N1, TColumns, TEdge>(ref panel);
    }

    /// <summary>All whole tiles of TRows; leaves the rows behind them in the panel.</summary>
    private static void Tiles<TRows, TColumns, TEdge>(ref GemmDotPanel<T> panel)
        where TRows : unmanaged
        where TColumns : unmanaged
        where TEdge : unmanaged
    {
        nint tiles = panel.M / sizeof(TRows);
        if (tiles > 0)
        {
            GemmDotTile<TIsa, T, TVector, TRows, TColumns, TEdge>.Run(panel, tiles);
            nint rows = tiles * sizeof(TRows);
            panel.M -= rows;
            panel.A += rows * panel.ARow;
            panel.C += rows * panel.CRow;
        }
    }
}
