using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>One tile of Gemm alone, of the instruction set in use: a sum of depth n over packed operands.</summary>
internal sealed unsafe class TileWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Sums that must be in flight to keep two pipes of latency 4 busy.
    private const double Pipes = 8;

    private readonly int _depth;
    private readonly int _rows;
    private readonly int _columns;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _b;
    private readonly AlignedBuffer<T> _c;

    private TileWorkload(int rows, int columns, int depth)
    {
        (_rows, _columns, _depth) = (rows, columns, depth);
        _a = Random((long)_rows * _depth, 1);
        _b = Random((long)_columns * _depth, 2);
        _c = Zeros((long)_rows * _columns);
    }

    public override string Shape => $"{_rows}x{_columns}x{_depth}";

    public override double Flops => 2.0 * _rows * _columns * _depth;

    public override ReadOnlySpan<T> Output => _c.Span;

    /// <summary>
    /// 92 of 100 on 512 bits and 90 else for the main tile; for the others 90 of what their loads and their sums in
    /// flight allow, and of the lanes that they use.
    /// </summary>
    public override double? GoalPercent
    {
        get
        {
            TileVisitor tile = MainTile();
            int registers = (_columns + tile.Lanes - 1) / tile.Lanes;
            double sums = _rows * registers;
            double share = (double)_columns / (registers * tile.Lanes);
            bool isMain = (_rows, _columns) == (tile.Rows, tile.Columns);
            return isMain
                ? Isa.Name == "Simd512" ? 92 : 90
                : 90 * share * Math.Min(1, Math.Min(sums / (_rows + registers), sums / Pipes));
        }
    }

    /// <summary>C.</summary>
    public MatrixSpan<T> Product => _c.Matrix(_rows, _columns);

    /// <summary>The packed operands: A by columns, B by rows.</summary>
    public ReadOnlyMatrixSpan<T> Left => _a.Matrix(_depth, _rows).Transpose();

    /// <summary>B.</summary>
    public ReadOnlyMatrixSpan<T> Right => _b.Matrix(_depth, _columns);

    /// <summary>Every tile: the main one, then those at its edges, whose last register is used as a whole or up to its last lane.</summary>
    public static IEnumerable<Func<Workload<T>>> Family(WorkloadSize size)
    {
        TileVisitor main = MainTile();
        int[] columns =
        [
            .. Enumerable.Range(1, main.Columns / main.Lanes)
                .SelectMany(registers => main.Lanes > 1 ? [registers * main.Lanes, (registers * main.Lanes) - 1] : new[] { registers })
                .OrderDescending(),
        ];
        return from rows in Enumerable.Range(1, main.Rows).Reverse()
               from width in columns
               select (Func<Workload<T>>)(() => new TileWorkload<T>(rows, width, size.N));
    }

    public override void Run(IBlas<T> blas, int repeats)
    {
        TileVisitor tile = new()
        {
            Repeats = repeats,
            Panel = new()
            {
                M = _rows,
                N = _columns,
                K = _depth,
                A = _a.Pointer,
                ARow = 1,
                AColumn = _rows,
                B = _b.Pointer,
                BRow = _columns,
                C = _c.Pointer,
                CRow = _columns,
                Alpha = T.One,
                Beta = T.Zero,
            },
        };
        Isa.Dispatch<T, TileVisitor>(ref tile);
    }

    private static TileVisitor MainTile()
    {
        TileVisitor tile = default;
        Isa.Dispatch<T, TileVisitor>(ref tile);
        return tile;
    }

    private struct TileVisitor : IIsaVisitor<T>
    {
        public GemmPanel<T> Panel;
        public int Repeats;
        public int Rows;
        public int Columns;
        public int Lanes;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            Lanes = TIsa.Count;
            (Rows, Columns) = (GemmKernels<TIsa, T, TVector>.MR, GemmKernels<TIsa, T, TVector>.NR);
            for (int i = 0; i < Repeats; i++)
            {
                GemmKernels<TIsa, T, TVector>.RunPanel(ref Panel);
            }
        }
    }
}
