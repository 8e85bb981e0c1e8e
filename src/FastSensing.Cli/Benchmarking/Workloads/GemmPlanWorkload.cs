using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>C &#8592; A B or C &#8592; A B + C, n x n x n, by a plan that was made beforehand; peers make their usual calls.</summary>
internal sealed unsafe class GemmPlanWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly T _beta;
    private readonly GemmPlan<T> _plan;
    private readonly Operand<T> _a;
    private readonly Operand<T> _b;
    private readonly Operand<T> _c;

    public GemmPlanWorkload(WorkloadSize size)
        : base(size.Caches, 3L * size.N * size.N)
    {
        _n = size.N;
        _beta = size.Shape == BenchShape.Added ? T.One : T.Zero;
        _a = Random((long)_n * _n, 1);
        _b = Random((long)_n * _n, 2);
        _c = Zeros((long)_n * _n);
        MatrixShape shape = new(_n, _n);
        _plan = new GemmPlan<T>(T.One, shape, shape, _beta, shape);
    }

    public override string Shape => $"{_n}x{_n}x{_n}{(_beta == T.One ? " + C" : "")}";

    public override double Flops => 2.0 * _n * _n * _n;

    public override ReadOnlySpan<T> Output => _c.Span(0);

    protected override void RunSetOurs(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlySpan<T> a = _a.Span(set);
        ReadOnlySpan<T> b = _b.Span(set);
        Span<T> c = _c.Span(set);
        for (int i = 0; i < repeats; i++)
        {
            _plan.Multiply(a, b, c);
        }
    }

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlyMatrixSpan<T> a = _a.Matrix(set, _n, _n);
        ReadOnlyMatrixSpan<T> b = _b.Matrix(set, _n, _n);
        MatrixSpan<T> c = _c.Matrix(set, _n, _n);
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemm(T.One, a, b, _beta, c);
        }
    }

    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        calls.Gemm(repeats, new GemmCall<T>
        {
            AStored = NativeBlas<T>.StoredOf(_a.Matrix(set, _n, _n)),
            BStored = NativeBlas<T>.StoredOf(_b.Matrix(set, _n, _n)),
            M = _n,
            N = _n,
            K = _n,
            Alpha = T.One,
            A = _a.Pointer(set),
            B = _b.Pointer(set),
            Beta = _beta,
            C = _c.Pointer(set),
            LdC = _n,
        });
        return true;
    }
}
