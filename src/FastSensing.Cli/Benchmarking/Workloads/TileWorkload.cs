using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>The main tile of Gemm alone, of the instruction set in use: a sum of depth n over packed operands.</summary>
internal sealed unsafe class TileWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _depth;
    private readonly int _rows;
    private readonly int _columns;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _b;
    private readonly AlignedBuffer<T> _c;

    public TileWorkload(WorkloadSize size)
    {
        TileVisitor tile = default;
        Isa.Dispatch<T, TileVisitor>(ref tile);
        (_rows, _columns, _depth) = (tile.Rows, tile.Columns, size.N);
        _a = Random((long)_rows * _depth, 1);
        _b = Random((long)_columns * _depth, 2);
        _c = Zeros((long)_rows * _columns);
    }

    public override string Shape => $"{_rows}x{_columns}x{_depth}";

    public override double Flops => 2.0 * _rows * _columns * _depth;

    /// <summary>What the last call left, for the test that it is the product.</summary>
    public MatrixSpan<T> Product => _c.Matrix(_rows, _columns);

    /// <summary>The packed operands: A by columns, B by rows.</summary>
    public ReadOnlyMatrixSpan<T> Left => _a.Matrix(_depth, _rows).Transpose();

    /// <summary>B.</summary>
    public ReadOnlyMatrixSpan<T> Right => _b.Matrix(_depth, _columns);

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

    private struct TileVisitor : IIsaVisitor<T>
    {
        public GemmPanel<T> Panel;
        public int Repeats;
        public int Rows;
        public int Columns;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            (Rows, Columns) = (GemmKernels<TIsa, T, TVector>.MR, GemmKernels<TIsa, T, TVector>.NR);
            for (int i = 0; i < Repeats; i++)
            {
                GemmKernels<TIsa, T, TVector>.RunPanel(Panel);
            }
        }
    }
}
