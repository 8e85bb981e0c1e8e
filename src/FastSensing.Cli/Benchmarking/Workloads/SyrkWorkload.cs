using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>C &#8592; A A^T in one triangle: A n x n, or A = R^T with R n x r (the Gram matrix r x r).</summary>
internal sealed unsafe class SyrkWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkloadSize _size;
    private readonly int _order;
    private readonly Operand<T> _a;
    private readonly Operand<T> _c;

    public SyrkWorkload(WorkloadSize size)
        : base(size.Caches, (long)OrderOf(size) * (size.N + OrderOf(size)))
    {
        _size = size;
        _order = OrderOf(size);
        _a = Random((long)_order * size.N, 1);
        _c = Zeros((long)_order * _order);
    }

    public override string Shape => $"{_order}x{_order}x{_size.N}";

    public override double Flops => 1.0 * _order * _order * _size.N;

    public override ReadOnlySpan<T> Output => _c.Span(0);

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = A(set);
        MatrixSpan<T> c = _c.Matrix(set, _order, _order);
        for (int i = 0; i < repeats; i++)
        {
            blas.Syrk(T.One, a, T.Zero, c);
        }
    }

    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        calls.Syrk(repeats, new SyrkCall<T>
        {
            Triangle = CblasFlag.Lower,
            AStored = NativeBlas<T>.StoredOf(A(set)),
            N = _order,
            K = _size.N,
            Alpha = T.One,
            A = _a.Pointer(set),
            Beta = T.Zero,
            C = _c.Pointer(set),
            LdC = _order,
        });
        return true;
    }

    private ReadOnlyMatrixSpan<T> A(int set) =>
        _size.Shape == BenchShape.Gram ? _a.Matrix(set, _size.N, _order).Transpose() : _a.Matrix(set, _order, _size.N);

    private static int OrderOf(WorkloadSize size) => size.Shape == BenchShape.Gram ? size.Rank : size.N;
}
