using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>
/// C &#8592; alpha A B + beta C for one shape and one B again and again: <see cref="GemmPlan{T}"/> with a copy of B that
/// is packed once, as the tiles read it.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Results, cost and threads: as of <see cref="GemmPlan{T}"/>; the bits are those of Gemm with a dense row-major copy
/// of B. Any B may be given, contiguous rows or not, and what changes in it afterwards is not seen. Products whose C has no
/// contiguous rows, or whose A is so large that Gemm packs it, keep a plain copy of B and are left to the driver of Gemm.</para>
/// <para>Allocation: the packed B, k times n rounded up to 16 elements, at construction; else as of
/// <see cref="GemmPlan{T}"/>. <see cref="Dispose"/> lets go of it; it must not run while a product does.</para>
/// </remarks>
public sealed unsafe class PackedGemmPlan<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowUnit = 16;

    private readonly AlignedBuffer<T> _b;
    private readonly T* _first;
    private readonly GemmProgram<T> _program;
    private readonly BufferPool<T>? _pool;
    private PlanLengths _lengths;

    /// <summary>C &#8592; A B with dense row-major A and C.</summary>
    /// <param name="m">Rows of A and C, &gt;= 0.</param>
    /// <param name="b">B, k x n, any strides; copied.</param>
    /// <exception cref="ArgumentException">m is negative, or a matrix longer than a span can be.</exception>
    public PackedGemmPlan(int m, ReadOnlyMatrixSpan<T> b)
        : this(T.One, new MatrixShape(m, b.Rows), b, T.Zero, new MatrixShape(m, b.Columns))
    {
    }

    /// <summary>C &#8592; alpha A B + beta C.</summary>
    /// <param name="alpha">alpha; with 1 no multiplication is spent on it.</param>
    /// <param name="a">A, m x k, any strides.</param>
    /// <param name="b">B, k x n, any strides; copied.</param>
    /// <param name="beta">beta; with 0, C is not read.</param>
    /// <param name="c">C, m x n; its elements must not alias each other.</param>
    /// <param name="pool">Lends packing memory to products that need some; null for a pool of the plan's own.</param>
    /// <exception cref="ArgumentException">As of <see cref="GemmPlan{T}"/>.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public PackedGemmPlan(T alpha, MatrixShape a, ReadOnlyMatrixSpan<T> b, T beta, MatrixShape c, BufferPool<T>? pool = null)
        : this(PlanLengths.Check(a, b.Shape, c), PlanLengths.Arguments(alpha, a, b.Shape, beta, c), b, &GemmRoute<T>.Choose, pool)
    {
    }

    internal PackedGemmPlan(
        PlanLengths lengths,
        in GemmArguments<T> arguments,
        ReadOnlyMatrixSpan<T> b,
        delegate*<in GemmArguments<T>, T*, GemmRoute<T>> choose,
        BufferPool<T>? pool)
    {
        _b = new AlignedBuffer<T>((nint)b.Rows * ((b.Columns + RowUnit - 1) / RowUnit * RowUnit));
        _first = _b.Pointer;
        GemmArguments<T> g = arguments;
        fixed (T* source = b)
        {
            g.B = source;
            _program = new GemmProgram<T>(choose(g, _first));
        }

        if (!_program.HasSweeps)
        {
            b.CopyTo(_b.Matrix(b.Rows, b.Columns));
            (g.BRow, g.BColumn) = (b.Columns, 1);
            _program = new GemmProgram<T>(choose(g, null));
        }

        _lengths = _program.HasSweeps ? lengths : lengths.WithoutShortcut();
        _pool = _program.HasSweeps ? null : pool ?? _program.MakePool();
    }

    /// <summary>Whether the tiles are run over the operands where they lie; else the driver of Gemm computes.</summary>
    internal bool HasSweeps => _program.HasSweeps;

    /// <summary>C &#8592; alpha A B + beta C with the B of the constructor.</summary>
    /// <param name="a">The memory of A, from its first element on.</param>
    /// <param name="c">The memory of C. That it does not overlap A is the caller's duty: where it does, C is undefined.</param>
    /// <exception cref="ArgumentException">A span is shorter than its matrix.</exception>
    /// <exception cref="ObjectDisposedException">The plan has been disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(ReadOnlySpan<T> a, Span<T> c)
    {
        if (a.Length <= _lengths.LastA || c.Length <= _lengths.LastC)
        {
            CheckAndDrive(a, c);
            return;
        }

        _program.Run(
            _program,
            ref MemoryMarshal.GetReference(a),
            ref *_first,
            ref MemoryMarshal.GetReference(c));
        GC.KeepAlive(this);
    }

    /// <summary>Lets go of the packed B; the plan cannot be used any more.</summary>
    public void Dispose()
    {
        _lengths = _lengths.WithoutShortcut();
        _b.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckAndDrive(ReadOnlySpan<T> a, Span<T> c)
    {
        PlanLengths.Demand(_lengths.A, a.Length, nameof(a));
        PlanLengths.Demand(_lengths.C, c.Length, nameof(c));
        T* b = _b.Pointer;
        fixed (T* pa = a, pc = c)
        {
            _program.Drive(pa, b, pc, _pool!);
        }

        GC.KeepAlive(this);
    }
}
