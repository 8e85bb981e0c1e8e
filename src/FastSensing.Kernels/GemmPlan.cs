using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>
/// C &#8592; alpha A B + beta C for one shape again and again: shape, strides, alpha and beta are fixed, checked and
/// turned into a choice of compiled tiles once, so that <see cref="Multiply"/> does nothing but the product.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Results: the bits of <see cref="ManagedBlas{T}.Gemm"/> with the same arguments, and its rules: beta = 0 never
/// reads C; alpha = 0 or k = 0 leaves beta C and reads neither A nor B; NaN and infinity go where IEEE 754 sends them; an
/// empty C is left alone.</para>
/// <para>Cost: 2 m n k flops. What a call of Gemm costs before and behind them, checks of shapes and of overlap, dispatch
/// and small tiles at the edges, some 20 ns, is paid by the constructor, which compiles code and takes milliseconds. Large
/// products, and those whose B or C has no contiguous rows, are left to the driver of Gemm, which packs in every call.</para>
/// <para>Threads: immutable; any number may multiply with one plan at once.</para>
/// <para>Allocation: none. A product that packs rents its memory (4 MiB for double) from the pool that the plan was
/// given, or from one that it makes with one block: then a block is allocated whenever more threads are inside at once
/// than ever before.</para>
/// </remarks>
public sealed unsafe class GemmPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PlanLengths _lengths;
    private readonly GemmProgram<T> _program;
    private readonly BufferPool<T>? _pool;

    /// <summary>C &#8592; A B with dense row-major matrices: A is m x k, B is k x n, C is m x n.</summary>
    /// <param name="m">Rows of A and C, &gt;= 0.</param>
    /// <param name="n">Columns of B and C, &gt;= 0.</param>
    /// <param name="k">Columns of A and rows of B, &gt;= 0.</param>
    /// <exception cref="ArgumentException">A size is negative, or a matrix longer than a span can be.</exception>
    public GemmPlan(int m, int n, int k)
        : this(T.One, new MatrixShape(m, k), new MatrixShape(k, n), T.Zero, new MatrixShape(m, n))
    {
    }

    /// <summary>C &#8592; alpha A B + beta C.</summary>
    /// <param name="alpha">alpha; with 1 no multiplication is spent on it.</param>
    /// <param name="a">A, m x k, any strides.</param>
    /// <param name="b">B, k x n, any strides.</param>
    /// <param name="beta">beta; with 0, C is not read.</param>
    /// <param name="c">C, m x n; its elements must not alias each other.</param>
    /// <param name="pool">Lends packing memory to products that need some; null for a pool of the plan's own.</param>
    /// <exception cref="ArgumentException">A size or stride is negative, the shapes disagree (the message names both),
    /// elements of C alias each other, or a matrix is longer than a span can be.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public GemmPlan(T alpha, MatrixShape a, MatrixShape b, T beta, MatrixShape c, BufferPool<T>? pool = null)
        : this(PlanLengths.Check(a, b, c), PlanLengths.Arguments(alpha, a, b, beta, c), &GemmRoute<T>.Choose, pool)
    {
    }

    internal GemmPlan(
        PlanLengths lengths, in GemmArguments<T> arguments, delegate*<in GemmArguments<T>, T*, GemmRoute<T>> choose, BufferPool<T>? pool)
    {
        _program = new GemmProgram<T>(choose(arguments, null));
        _lengths = _program.HasSweeps ? lengths : lengths.WithoutShortcut();
        _pool = _program.HasSweeps ? null : pool ?? _program.MakePool();
    }

    /// <summary>Whether the tiles are run over the operands where they lie; else the driver of Gemm computes.</summary>
    internal bool HasSweeps => _program.HasSweeps;

    /// <summary>C &#8592; alpha A B + beta C.</summary>
    /// <param name="a">The memory of A, from its first element on.</param>
    /// <param name="b">The memory of B.</param>
    /// <param name="c">The memory of C. That it overlaps neither A nor B is the caller's duty: where it does, C is undefined.</param>
    /// <exception cref="ArgumentException">A span is shorter than its matrix.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c)
    {
        if (a.Length <= _lengths.LastA || b.Length <= _lengths.LastB || c.Length <= _lengths.LastC)
        {
            CheckAndDrive(a, b, c);
            return;
        }

        _program.Run(
            _program,
            ref MemoryMarshal.GetReference(a),
            ref MemoryMarshal.GetReference(b),
            ref MemoryMarshal.GetReference(c));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckAndDrive(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c)
    {
        PlanLengths.Demand(_lengths.A, a.Length, nameof(a));
        PlanLengths.Demand(_lengths.B, b.Length, nameof(b));
        PlanLengths.Demand(_lengths.C, c.Length, nameof(c));
        fixed (T* pa = a, pb = b, pc = c)
        {
            _program.Drive(pa, pb, pc, _pool!);
        }
    }
}
