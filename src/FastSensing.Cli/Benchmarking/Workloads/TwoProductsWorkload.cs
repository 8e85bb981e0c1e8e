using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>Both products of a gradient with the factors, G R and G^T L: ours in one sweep of G, a peer in two calls; G is n x n, the factors n x r.</summary>
internal sealed unsafe class TwoProductsWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly int _rank;
    private readonly AlignedBuffer<T> _gradient;
    private readonly AlignedBuffer<T> _left;
    private readonly AlignedBuffer<T> _right;
    private readonly AlignedBuffer<T> _forLeft;
    private readonly AlignedBuffer<T> _forRight;

    public TwoProductsWorkload(WorkloadSize size)
    {
        (_n, _rank) = (size.N, size.Rank);
        _gradient = Random((long)_n * _n, 1);
        _left = Random((long)_n * _rank, 2);
        _right = Random((long)_n * _rank, 3);
        _forLeft = Zeros((long)_n * _rank);
        _forRight = Zeros((long)_n * _rank);
    }

    public override string Shape => $"{_n}x{_rank}x{_n}";

    public override double Flops => 4.0 * _n * _n * _rank;

    public override ReadOnlySpan<T> Output => _forLeft.Span;

    public override void RunOurs(IBlas<T> blas, int repeats)
    {
        ReadOnlyMatrixSpan<T> gradient = _gradient.Matrix(_n, _n);
        ReadOnlyMatrixSpan<T> left = _left.Matrix(_n, _rank);
        ReadOnlyMatrixSpan<T> right = _right.Matrix(_n, _rank);
        MatrixSpan<T> forLeft = _forLeft.Matrix(_n, _rank);
        MatrixSpan<T> forRight = _forRight.Matrix(_n, _rank);
        for (int i = 0; i < repeats; i++)
        {
            blas.GemmBothSides(T.One, gradient, right, left, T.Zero, forLeft, forRight);
        }
    }

    public override void Run(IBlas<T> blas, int repeats)
    {
        ReadOnlyMatrixSpan<T> gradient = _gradient.Matrix(_n, _n);
        ReadOnlyMatrixSpan<T> transposed = gradient.Transpose();
        ReadOnlyMatrixSpan<T> left = _left.Matrix(_n, _rank);
        ReadOnlyMatrixSpan<T> right = _right.Matrix(_n, _rank);
        MatrixSpan<T> forLeft = _forLeft.Matrix(_n, _rank);
        MatrixSpan<T> forRight = _forRight.Matrix(_n, _rank);
        for (int i = 0; i < repeats; i++)
        {
            blas.Gemm(T.One, gradient, right, T.Zero, forLeft);
            blas.Gemm(T.One, transposed, left, T.Zero, forRight);
        }
    }

    protected override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        ReadOnlyMatrixSpan<T> gradient = _gradient.Matrix(_n, _n);
        calls.Gemm(
            repeats,
            Product(NativeBlas<T>.StoredOf(gradient), _right.Pointer, _forLeft.Pointer),
            Product(NativeBlas<T>.StoredOf(gradient.Transpose()), _left.Pointer, _forRight.Pointer));
        return true;
    }

    private GemmCall<T> Product(Stored gradient, T* factor, T* result) => new()
    {
        AStored = gradient,
        BStored = Stored.Of(_n, _rank, _rank, 1),
        M = _n,
        N = _rank,
        K = _n,
        Alpha = T.One,
        A = _gradient.Pointer,
        B = factor,
        Beta = T.Zero,
        C = result,
        LdC = _rank,
    };
}
