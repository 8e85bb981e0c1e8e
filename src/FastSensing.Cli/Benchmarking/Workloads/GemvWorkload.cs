using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>y &#8592; A x, A n x n.</summary>
internal sealed unsafe class GemvWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _x;
    private readonly AlignedBuffer<T> _y;

    public GemvWorkload(WorkloadSize size)
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

    public override ReadOnlySpan<T> Output => _y.Span;

    public override void Run(IBlas<T> blas, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = _a.Matrix(_n, _n);
        Span<T> x = _x.Span;
        Span<T> y = _y.Span;
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemv(T.One, a, x, T.Zero, y);
        }
    }

    protected override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        calls.Gemv(repeats, new GemvCall<T>
        {
            AStored = NativeBlas<T>.StoredOf(_a.Matrix(_n, _n)),
            M = _n,
            N = _n,
            Alpha = T.One,
            A = _a.Pointer,
            X = _x.Pointer,
            Beta = T.Zero,
            Y = _y.Pointer,
        });
        return true;
    }
}
