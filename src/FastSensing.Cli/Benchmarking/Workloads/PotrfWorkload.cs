using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>A = L L^T, n x n, in place, and for every side the copy of A before it.</summary>
internal sealed unsafe class PotrfWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly Operand<T> _a;
    private readonly Operand<T> _l;

    public PotrfWorkload(WorkloadSize size)
        : base(size.Caches, 2L * size.N * size.N)
    {
        _n = size.N;
        _a = Zeros((long)_n * _n);
        _l = Zeros((long)_n * _n);
        using AlignedBuffer<T> factor = TestData.Random<T>(_n * _n, 1);
        MatrixSpan<T> a = _a.Matrix(0, _n, _n);
        new ManagedBlas<T>().Gemm(T.One, factor.Matrix(_n, _n), factor.Matrix(_n, _n).Transpose(), T.Zero, a);
        for (int i = 0; i < _n; i++)
        {
            a[i, i] += T.CreateTruncating(_n);
        }

        _a.Repeat(SetCount);
    }

    public override string Shape => $"{_n}x{_n}";

    public override double Flops => 1.0 * _n * _n * _n / 3.0;

    public override ReadOnlySpan<T> Output => _l.Span(0);

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlySpan<T> a = _a.Span(set);
        Span<T> l = _l.Span(set);
        MatrixSpan<T> factor = _l.Matrix(set, _n, _n);
        for (int i = 0; i < repeats; i++)
        {
            a.CopyTo(l);
            if (blas.Potrf(factor) != 0)
            {
                throw Failed(blas.Name);
            }
        }
    }

    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        if (!calls.HasPotrf)
        {
            return false;
        }

        return calls.Potrf(repeats, _a.Span(set), _l.Pointer(set), _n) == 0 ? true : throw Failed("The peer");
    }

    private InvalidOperationException Failed(string who) => new($"{who}: Potrf failed on a positive definite matrix, {Shape}.");
}
