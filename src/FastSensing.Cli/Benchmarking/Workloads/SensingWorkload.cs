using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;
using FastSensing.Operators;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>
/// Loss and gradient of a dense operator, n x n matrices from m = 30 n measurements, at factors of width r. Ours is the
/// fused pass over A with all that belongs to it; a peer makes the two passes over A as two matrix-vector products and
/// nothing else.
/// </summary>
internal sealed unsafe class SensingWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly int _rank;
    private readonly int _count;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _x;
    private readonly AlignedBuffer<T> _y;
    private readonly AlignedBuffer<T> _forward;
    private readonly AlignedBuffer<T> _image;
    private readonly FactorWork<T> _work;

    public SensingWorkload(WorkloadSize size)
    {
        (_n, _rank, _count) = (size.N, size.Rank, checked(30 * size.N));
        _a = Random((long)_count * _n * _n, 1);
        _x = Random((long)_n * _n, 2);
        _y = Random(_count, 3);
        _forward = Zeros(_count);
        _image = Zeros((long)_n * _n);
        _work = Own(new FactorWork<T>(Own(DenseOperator<T>.FromRows(new ManagedBlas<T>(), _n, _n, _count, _a.Span)), _rank));
    }

    public override string Shape => $"{_n}x{_n}, m={_count}, r={_rank}";

    public override double Flops => 4.0 * ElementsRead;

    public override LimitKind Limit => LimitKind.StreamRead;

    public override long ElementsRead => (long)_count * _n * _n;

    public override ReadOnlySpan<T> Output => _image.Span;

    public override void RunOurs(IBlas<T> blas, int repeats)
    {
        for (int i = 0; i < repeats; i++)
        {
            _work.LossAndGradient(_y.Span);
        }
    }

    public override void Run(IBlas<T> blas, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = _a.Matrix(_count, _n * _n);
        ReadOnlyMatrixSpan<T> transposed = a.Transpose();
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemv(T.One, a, _x.Span, T.Zero, _forward.Span);
            blas.Gemv(T.One, transposed, _forward.Span, T.Zero, _image.Span);
        }
    }

    protected override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = _a.Matrix(_count, _n * _n);
        calls.Gemv(
            repeats,
            Product(NativeBlas<T>.StoredOf(a), _x.Pointer, _forward.Pointer),
            Product(NativeBlas<T>.StoredOf(a.Transpose()), _forward.Pointer, _image.Pointer));
        return true;
    }

    private GemvCall<T> Product(Stored a, T* x, T* y) => new()
    {
        AStored = a,
        M = _count,
        N = _n * _n,
        Alpha = T.One,
        A = _a.Pointer,
        X = x,
        Beta = T.Zero,
        Y = y,
    };
}
