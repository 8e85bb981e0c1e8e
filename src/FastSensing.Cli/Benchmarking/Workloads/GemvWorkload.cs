using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>y &#8592; A x, A n x n.</summary>
internal sealed unsafe class GemvWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly Operand<T> _a;
    private readonly Operand<T> _x;
    private readonly Operand<T> _y;

    public GemvWorkload(WorkloadSize size)
        : base(size.Caches, (long)size.N * (size.N + 2))
    {
        _n = size.N;
        _a = Random((long)_n * _n, 1);
        _x = Random(_n, 2);
        _y = Zeros(_n);
    }

    public override string Shape => $"{_n}x{_n}";

    public override double Flops => 2.0 * _n * _n;

    public override LimitKind Limit => LimitKind.StreamRead;

    public override long ElementsRead => (long)_n * _n;

    public override ReadOnlySpan<T> Output => _y.Span(0);

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = _a.Matrix(set, _n, _n);
        Span<T> x = _x.Span(set);
        Span<T> y = _y.Span(set);
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemv(T.One, a, x, T.Zero, y);
        }
    }

    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        calls.Gemv(repeats, new GemvCall<T>
        {
            AStored = NativeBlas<T>.StoredOf(_a.Matrix(set, _n, _n)),
            M = _n,
            N = _n,
            Alpha = T.One,
            A = _a.Pointer(set),
            X = _x.Pointer(set),
            Beta = T.Zero,
            Y = _y.Pointer(set),
        });
        return true;
    }
}
