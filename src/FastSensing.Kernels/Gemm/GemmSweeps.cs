using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Gemm;

/// <summary>
/// Cuts a product into sweeps: at most two heights of row tiles by two widths of column panels, the last panel by itself
/// when its last register is used in part.
/// </summary>
/// <remarks>
/// What it costs: a panel of one register has a load for each multiply-add and as many sums in flight as its tile has
/// rows. 12 or 16 columns of single precision in 512 bits are such a panel, in two tiles; code that keeps all 12 or 16
/// rows in one, or splits the sums over k, does those in 0.75 to 0.85 of the time. The rest of what separates products up
/// to 8 x 8 from code written for their shape are some 35 instructions around the tile: three length checks, three pinned
/// operands, and an indirect call more.
/// </remarks>
internal readonly unsafe struct GemmSweeps<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private readonly List<GemmSweep<T>> _sweeps = [];
    private readonly GemmArguments<T> _g;
    private readonly T* _packed;

    private GemmSweeps(in GemmArguments<T> g, T* packed)
    {
        _g = g;
        _packed = packed;
    }

    private static int TallestTile => GemmKernels<TIsa, T, TVector>.MR;

    /// <summary>Registers of the widest panel.</summary>
    private static int WidestPanel => GemmKernels<TIsa, T, TVector>.NR / TIsa.Count;

    /// <summary>The sweeps of a product whose B and C have contiguous rows.</summary>
    public static GemmSweep<T>[] Of(in GemmArguments<T> g) => Cut(new(g, null), 0, g.K);

    /// <summary>
    /// The sweeps of a product whose B is packed now into <paramref name="packed"/>, where it is looked for later; C has
    /// contiguous rows. With <paramref name="blocked"/> the sums are cut where the driver cuts them when it packs.
    /// </summary>
    public static GemmSweep<T>[] Pack(in GemmArguments<T> g, bool blocked, T* packed)
    {
        nint depth = GemmBlocking<T>.Depth(g, blocked);
        List<GemmSweep<T>> sweeps = [];
        for (nint k = 0; k < g.K; k += depth)
        {
            GemmArguments<T> part = g;
            part.K = Math.Min(depth, g.K - k);
            part.B = g.B + (k * g.BRow);
            part.Beta = k == 0 ? g.Beta : T.One;
            foreach (GemmSweep<T> sweep in Cut(new(part, packed), k * Registers(g.N) * TIsa.Count, part.K))
            {
                sweeps.Add(sweep with { A = sweep.A + (k * g.AColumn) });
            }
        }

        return [.. sweeps];
    }

    private static nint Registers(nint n) => (n + TIsa.Count - 1) / TIsa.Count;

    private static GemmSweep<T>[] Cut(in GemmSweeps<TIsa, T, TVector> sweeps, nint firstPacked, nint depth)
    {
        nint n = sweeps._g.N;
        EvenSplit panels = new(Registers(n), WidestPanel);
        bool partial = n % TIsa.Count != 0;
        bool shares = panels.Length > 1 && n % TIsa.Count <= TIsa.Count / 2 && !GemmKernels<TIsa, T, TVector>.IsBroad;
        PanelEdge edge = shares ? PanelEdge.Shared : PanelEdge.Masked;
        nint wide = panels.LongerParts * (panels.Length + 1);
        nint whole = panels.Parts - (partial ? 1 : 0);
        nint last = wide + (whole * panels.Length);
        sweeps.AddPanels(new(0, panels.Length + 1, panels.LongerParts, PanelEdge.Whole), firstPacked);
        sweeps.AddPanels(new(wide, panels.Length, whole, PanelEdge.Whole), firstPacked + (depth * wide * TIsa.Count));
        sweeps.AddPanels(new(last, panels.Length, partial ? 1 : 0, edge), firstPacked + (depth * last * TIsa.Count));
        return [.. sweeps._sweeps];
    }

    /// <summary>All rows of a group of panels; a packed B holds the group from <paramref name="packedAt"/> on.</summary>
    private void AddPanels(in PanelGroup group, nint packedAt)
    {
        if (group.Panels == 0)
        {
            return;
        }

        nint width = group.Registers * TIsa.Count;
        nint column = group.FirstRegister * TIsa.Count;
        nint columns = Math.Min(group.Panels * width, _g.N - column);
        bool packs = _packed != null;
        if (packs)
        {
            GemmPacking<TIsa, T, TVector>.B(_g.B + (column * _g.BColumn), _g.BRow, _g.BColumn, _g.K, columns, (int)width, _packed + packedAt);
        }

        GemmSweep<T> sweep = new()
        {
            Panels = group.Panels,
            B = packs ? packedAt : column,
            C = column,
            Panel = new()
            {
                N = Math.Min(columns, width),
                K = _g.K,
                ARow = _g.ARow,
                AColumn = _g.AColumn,
                BRow = packs ? width : _g.BRow,
                BPanel = packs ? width * _g.K : width,
                CRow = _g.CRow,
                Alpha = _g.Alpha,
                Beta = _g.Beta,
            },
        };
        if (group.Edge == PanelEdge.Shared)
        {
            AddPairs(sweep, group);
            return;
        }

        EvenSplit rows = new(_g.M, TallestTile);
        AddRows(sweep, group, 0, rows.Length + 1, rows.LongerParts);
        AddRows(sweep, group, rows.LongerParts * (rows.Length + 1), rows.Length, rows.Parts);
    }

    /// <summary>Rows in tiles of pairs; of an odd number the last tile is one row shorter, and no pairs.</summary>
    private void AddPairs(in GemmSweep<T> sweep, in PanelGroup group)
    {
        EvenSplit pairs = new((_g.M + 1) / 2, TallestTile / 2);
        nint taller = 2 * (pairs.Length + 1);
        nint lower = 2 * pairs.Length;
        nint odd = _g.M % 2;
        AddRows(sweep, group, 0, taller, pairs.LongerParts);
        AddRows(sweep, group, pairs.LongerParts * taller, lower, pairs.Parts - odd);
        AddRows(sweep, group with { Edge = PanelEdge.Masked }, _g.M - lower + odd, lower - odd, odd);
    }

    private void AddRows(GemmSweep<T> sweep, in PanelGroup group, nint firstRow, nint rows, nint tiles)
    {
        if (tiles > 0)
        {
            sweep.A = firstRow * _g.ARow;
            sweep.C += firstRow * _g.CRow;
            sweep.Tiles = tiles;
            sweep.Body = tiles * group.Panels == 1
                ? Body<OneTile>(rows, group.Registers, group.Edge)
                : Body<ManyTiles>(rows, group.Registers, group.Edge);
            Compile(sweep);
            _sweeps.Add(sweep);
        }
    }

    /// <summary>Lets the body be compiled now: a tile of depth 0, all its rows on the same memory.</summary>
    private static void Compile(in GemmSweep<T> sweep)
    {
        T* row = stackalloc T[WidestPanel * TIsa.Count];
        sweep.Body(sweep.Panel with { K = 0, CRow = 0 }, row, row, row, 1, 1);
    }

    private delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Body<TReach>(nint rows, nint registers, PanelEdge edge)
        where TReach : unmanaged =>
        _g.Alpha == T.One && _g.Beta == T.Zero ? TileTable<TIsa, T, TVector, OverwriteUpdate, TReach>.Find(rows, registers, edge)
        : _g.Alpha == T.One && _g.Beta == T.One ? TileTable<TIsa, T, TVector, AddUpdate, TReach>.Find(rows, registers, edge)
        : TileTable<TIsa, T, TVector, GeneralUpdate, TReach>.Find(rows, registers, edge);

    /// <summary>Panels of one width, beginning at a register of the rows of B.</summary>
    private readonly record struct PanelGroup(nint FirstRegister, nint Registers, nint Panels, PanelEdge Edge);
}
