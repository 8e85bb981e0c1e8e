using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>A = L L^T, n x n, in place, and for every side the copy of A before it.</summary>
internal sealed unsafe class PotrfWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly AlignedBuffer<T> _a;
    private readonly AlignedBuffer<T> _l;

    public PotrfWorkload(WorkloadSize size)
    {
        _n = size.N;
        _a = Zeros((long)_n * _n);
        _l = Zeros((long)_n * _n);
        using AlignedBuffer<T> factor = TestData.Random<T>(_n * _n, 1);
        MatrixSpan<T> a = _a.Matrix(_n, _n);
        new ManagedBlas<T>().Gemm(T.One, factor.Matrix(_n, _n), factor.Matrix(_n, _n).Transpose(), T.Zero, a);
        for (int i = 0; i < _n; i++)
        {
            a[i, i] += T.CreateTruncating(_n);
        }
    }

    public override string Shape => $"{_n}x{_n}";

    public override double Flops => 1.0 * _n * _n * _n / 3.0;

    public override ReadOnlySpan<T> Output => _l.Span;

    public override void Run(IBlas<T> blas, int repeats)
    {
        ReadOnlySpan<T> a = _a.Span;
        Span<T> l = _l.Span;
        MatrixSpan<T> factor = _l.Matrix(_n, _n);
        for (int i = 0; i < repeats; i++)
        {
            a.CopyTo(l);
            if (blas.Potrf(factor) != 0)
            {
                throw Failed(blas.Name);
            }
        }
    }

    protected override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        if (!calls.HasPotrf)
        {
            return false;
        }

        return calls.Potrf(repeats, _a.Span, _l.Pointer, _n) == 0 ? true : throw Failed("The peer");
    }

    private InvalidOperationException Failed(string who) => new($"{who}: Potrf failed on a positive definite matrix, {Shape}.");
}
