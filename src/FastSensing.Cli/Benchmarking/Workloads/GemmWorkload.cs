using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>C &#8592; A B: n x n x n; L R^T; G R; G^T L; L^T R. A transposed factor is the transposed view of an n x r matrix.</summary>
internal sealed unsafe class GemmWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkloadSize _size;
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly Operand<T> _a;
    private readonly Operand<T> _b;
    private readonly Operand<T> _c;

    public GemmWorkload(WorkloadSize size)
        : this(size, OrdersOf(size))
    {
    }

    private GemmWorkload(WorkloadSize size, (int M, int N, int K) orders)
        : base(size.Caches, ((long)orders.M * orders.K) + ((long)orders.K * orders.N) + ((long)orders.M * orders.N))
    {
        _size = size;
        (_m, _n, _k) = orders;
        _a = Random((long)_m * _k, 1);
        _b = Random((long)_k * _n, 2);
        _c = Zeros((long)_m * _n);
    }

    public override string Shape => $"{_m}x{_n}x{_k}{(_size.Shape == BenchShape.Twin ? " G^T" : "")}";

    public override double Flops => 2.0 * _m * _n * _k;

    public override ReadOnlySpan<T> Output => _c.Span(0);

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = A(set);
        ReadOnlyMatrixSpan<T> b = B(set);
        MatrixSpan<T> c = _c.Matrix(set, _m, _n);
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemm(T.One, a, b, T.Zero, c);
        }
    }

    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        calls.Gemm(repeats, new GemmCall<T>
        {
            AStored = NativeBlas<T>.StoredOf(A(set)),
            BStored = NativeBlas<T>.StoredOf(B(set)),
            M = _m,
            N = _n,
            K = _k,
            Alpha = T.One,
            A = _a.Pointer(set),
            B = _b.Pointer(set),
            Beta = T.Zero,
            C = _c.Pointer(set),
            LdC = _n,
        });
        return true;
    }

    private ReadOnlyMatrixSpan<T> A(int set) => _size.Shape is BenchShape.Gram or BenchShape.Twin ? _a.Matrix(set, _k, _m).Transpose() : _a.Matrix(set, _m, _k);

    private ReadOnlyMatrixSpan<T> B(int set) => _size.Shape == BenchShape.Nnr ? _b.Matrix(set, _n, _k).Transpose() : _b.Matrix(set, _k, _n);

    private static (int M, int N, int K) OrdersOf(WorkloadSize size) => size.Shape switch
    {
        BenchShape.Nnr => (size.N, size.N, size.Rank),
        BenchShape.Nrn or BenchShape.Twin => (size.N, size.Rank, size.N),
        BenchShape.Gram => (size.Rank, size.Rank, size.N),
        _ => (size.N, size.N, size.N),
    };
}
