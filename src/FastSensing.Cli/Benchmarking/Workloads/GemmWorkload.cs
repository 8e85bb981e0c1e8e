using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>C &#8592; A B: n x n x n; L R^T; G R; L^T R. A transposed factor is the transposed view of an n x r matrix.</summary>
internal sealed unsafe class GemmWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkloadSize _size;
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _b;
    private readonly AlignedBuffer<T> _c;

    public GemmWorkload(WorkloadSize size)
    {
        _size = size;
        (_m, _n, _k) = size.Shape switch
        {
            BenchShape.Nnr => (size.N, size.N, size.Rank),
            BenchShape.Nrn => (size.N, size.Rank, size.N),
            BenchShape.Gram => (size.Rank, size.Rank, size.N),
            _ => (size.N, size.N, size.N),
        };
        _a = Random((long)_m * _k, 1);
        _b = Random((long)_k * _n, 2);
        _c = Zeros((long)_m * _n);
    }

    public override string Shape => $"{_m}x{_n}x{_k}";

    public override double Flops => 2.0 * _m * _n * _k;

    public override ReadOnlySpan<T> Output => _c.Span;

    public override void Run(IBlas<T> blas, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = A;
        ReadOnlyMatrixSpan<T> b = B;
        MatrixSpan<T> c = _c.Matrix(_m, _n);
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemm(T.One, a, b, T.Zero, c);
        }
    }

    protected override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        calls.Gemm(repeats, new GemmCall<T>
        {
            AStored = NativeBlas<T>.StoredOf(A),
            BStored = NativeBlas<T>.StoredOf(B),
            M = _m,
            N = _n,
            K = _k,
            Alpha = T.One,
            A = _a.Pointer,
            B = _b.Pointer,
            Beta = T.Zero,
            C = _c.Pointer,
            LdC = _n,
        });
        return true;
    }

    private ReadOnlyMatrixSpan<T> A => _size.Shape == BenchShape.Gram ? _a.Matrix(_k, _m).Transpose() : _a.Matrix(_m, _k);

    private ReadOnlyMatrixSpan<T> B => _size.Shape == BenchShape.Nnr ? _b.Matrix(_n, _k).Transpose() : _b.Matrix(_k, _n);
}
