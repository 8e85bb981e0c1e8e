using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>The solve of ScaledGD, X (L L^T) = B in place: L r x r, B n x r, two triangular solves from the right.</summary>
/// <remarks>
/// The smallest eigenvalue of L L^T is 1 (it is the identity plus a product of rank r - 1), so B may be solved in place
/// again and again: it tends to an eigenvector, neither to zero nor to infinity, and nobody pays for a copy.
/// </remarks>
internal sealed unsafe class TrsmWorkload<T> : OperandWorkload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly int _rank;
    private readonly Operand<T> _l;
    private readonly Operand<T> _b;

    public TrsmWorkload(WorkloadSize size)
        : base(size.Caches, (long)size.Rank * (size.N + size.Rank))
    {
        (_n, _rank) = (size.N, size.Rank);
        _b = Random((long)_n * _rank, 1);
        _l = Zeros((long)_rank * _rank);
        ManagedBlas<T> blas = new();
        MatrixSpan<T> l = _l.Matrix(0, _rank, _rank);
        for (int i = 0; i < _rank; i++)
        {
            l[i, i] = T.One;
        }

        if (_rank > 1)
        {
            using AlignedBuffer<T> v = TestData.Random<T>(_rank * (_rank - 1), 2);
            blas.Syrk(T.CreateTruncating(0.25 / _rank), v.Matrix(_rank, _rank - 1), T.One, l);
        }

        blas.Potrf(l);
        _l.Repeat(SetCount);
    }

    public override string Shape => $"{_n}x{_rank}";

    public override double Flops => 2.0 * _n * _rank * _rank;

    public override ReadOnlySpan<T> Output => _b.Span(0);

    protected override void RunSet(IBlas<T> blas, int set, int repeats)
    {
        ReadOnlyMatrixSpan<T> l = _l.Matrix(set, _rank, _rank);
        MatrixSpan<T> b = _b.Matrix(set, _n, _rank).Transpose();
        for (int i = 0; i < repeats; i++)
        {
            blas.Potrs(l, b);
        }
    }

    // In memory B is n x r: the solves are B L^-T, then B L^-1, from the right.
    protected override bool TryRunSetBare(BareCalls<T> calls, int set, int repeats)
    {
        calls.Trsm(repeats, Solve(CblasFlag.Transpose, set), Solve(CblasFlag.NoTranspose, set));
        return true;
    }

    private TrsmCall<T> Solve(CblasFlag operation, int set) => new()
    {
        Side = CblasFlag.Right,
        Triangle = CblasFlag.Lower,
        Operation = operation,
        M = _n,
        N = _rank,
        Alpha = T.One,
        A = _l.Pointer(set),
        LdA = _rank,
        B = _b.Pointer(set),
        LdB = _rank,
    };
}
