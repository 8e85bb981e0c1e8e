using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Gemv;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Threading;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels;

/// <summary>
/// The dense routines in C#, on the widest SIMD of the machine: <see cref="IBlas{T}"/> without native code.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Re-entrant: any number of threads may share one instance. It holds nothing but a pool, from which a call that
/// packs rents one block of fixed size.</para>
/// <para>Allocation: none, while no more threads are inside at once than the pool retains blocks for and
/// <see cref="Prewarm"/> (or use) has made those blocks.</para>
/// <para>The order of every sum is a function of shapes and strides alone, so equal calls give equal bits, on any number of
/// threads.</para>
/// <para>Threads: one, the caller's, unless the constructor is told otherwise. Then Gemm, Gemv, Syrk, Trsm and Potrf that are
/// large enough, above some two million multiply-adds, are shared with threads that the instance owns and that sleep between
/// calls. They serve one call at a time; another that comes meanwhile computes alone. They keep no process alive, and end
/// with <see cref="Dispose"/>, or some time after nobody holds the instance any more.</para>
/// </remarks>
public sealed unsafe class ManagedBlas<T> : IBlas<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BufferPool<T> _pool;
    private readonly int _workspaceLength;
    private readonly WorkerTeam? _team;
    private readonly TriangularCalls<T> _triangular;

    /// <summary>With a pool of its own that keeps a block for each of twice as many threads as there are cores, at least 4.</summary>
    /// <param name="maxDegreeOfParallelism">Threads that one call may use, the caller's included: 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">maxDegreeOfParallelism is out of range.</exception>
    public ManagedBlas(int maxDegreeOfParallelism = 1)
        : this(new BufferPool<T>(Math.Max(4, 2 * Environment.ProcessorCount)), maxDegreeOfParallelism)
    {
    }

    /// <summary>With a shared pool.</summary>
    /// <param name="pool">Lends the packing blocks.</param>
    /// <param name="maxDegreeOfParallelism">Threads that one call may use, the caller's included: 1 to 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">maxDegreeOfParallelism is out of range.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public ManagedBlas(BufferPool<T> pool, int maxDegreeOfParallelism = 1)
        : this(pool, maxDegreeOfParallelism, WorkerTeam.DefaultGrain)
    {
    }

    /// <summary>With another least work for each thread.</summary>
    internal ManagedBlas(BufferPool<T> pool, int maxDegreeOfParallelism, long grain)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDegreeOfParallelism, WorkerTeam.LargestSize);
        _pool = pool;
        _workspaceLength = GemmWorkspace<T>.FindLength();
        MaxDegreeOfParallelism = maxDegreeOfParallelism;
        _team = maxDegreeOfParallelism == 1 ? null : new WorkerTeam(maxDegreeOfParallelism, _workspaceLength * sizeof(T), grain);
        _triangular = new TriangularCalls<T>(pool, _workspaceLength, _team);
    }

    /// <summary>Threads that one call may use, the caller's included.</summary>
    public int MaxDegreeOfParallelism { get; }

    /// <summary>"managed" and the instruction set, for example "managed (Simd512)"; with several threads, their number too.</summary>
    public string Name => MaxDegreeOfParallelism == 1 ? $"managed ({Isa.Name})" : $"managed ({Isa.Name}, {MaxDegreeOfParallelism} threads)";

    /// <summary>The threads, or null where there are none.</summary>
    internal WorkerTeam? Team => _team;

    /// <summary>
    /// Pays first-call costs now: compiles every kernel that a later call can need (some hundred milliseconds) and makes
    /// the packing blocks. Afterwards no call allocates.
    /// </summary>
    /// <param name="threads">Threads that will be inside at once, at most the pool's MaximumRetained; 4 MiB each for double.</param>
    public void Prewarm(int threads = 1)
    {
        _pool.Prewarm(_workspaceLength, threads);
        if (_team is null)
        {
            KernelWarmUp.Run(this);
            return;
        }

        // What is compiled is compiled for all instances: once on one thread, once with threads for everything.
        _team.TouchMemory();
        using ManagedBlas<T> alone = new(_pool);
        using ManagedBlas<T> eager = new(_pool, MaxDegreeOfParallelism, grain: 1);
        KernelWarmUp.Run(alone);
        KernelWarmUp.Run(eager);
    }

    /// <summary>
    /// Ends the threads, after the call that uses them. Later calls compute on the caller's thread alone, with the same bits.
    /// </summary>
    public void Dispose() => _team?.Dispose();

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Gemm(a, b, c);
        if (!GemmSmallVisitor<T>.Suits(alpha, a, b, c))
        {
            GemmOfAnySize(alpha, a, b, beta, c);
            return;
        }

        fixed (T* pa = a, pb = b, pc = c)
        {
            Unsafe.SkipInit(out GemmSmallVisitor<T> visitor);
            visitor.Panel.M = c.Rows;
            visitor.Panel.N = c.Columns;
            visitor.Panel.K = a.Columns;
            visitor.Panel.A = pa;
            visitor.Panel.ARow = a.RowStride;
            visitor.Panel.AColumn = 1;
            visitor.Panel.B = pb;
            visitor.Panel.BRow = b.RowStride;
            visitor.Panel.C = pc;
            visitor.Panel.CRow = c.RowStride;
            visitor.Panel.Alpha = alpha;
            visitor.Panel.Beta = beta;
            Isa.Dispatch<T, GemmSmallVisitor<T>>(ref visitor);
        }
    }

    private void GemmOfAnySize(T alpha, in ReadOnlyMatrixSpan<T> a, in ReadOnlyMatrixSpan<T> b, T beta, in MatrixSpan<T> c)
    {
        if (c.IsEmpty)
        {
            return;
        }

        fixed (T* pa = a, pb = b, pc = c)
        {
            GemmVisitor<T> visitor = new()
            {
                Region = GemmRegion.Full,
                Pool = _pool,
                Team = _team,
                Arguments = new()
                {
                    M = c.Rows,
                    N = c.Columns,
                    K = a.Columns,
                    Alpha = alpha,
                    A = pa,
                    ARow = a.RowStride,
                    AColumn = a.ColumnStride,
                    B = pb,
                    BRow = b.RowStride,
                    BColumn = b.ColumnStride,
                    Beta = beta,
                    C = pc,
                    CRow = c.RowStride,
                    CColumn = c.ColumnStride,
                },
            };
            Isa.Dispatch<T, GemmVisitor<T>>(ref visitor);
        }
    }

    /// <inheritdoc/>
    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        BlasChecks.Gemv(a, x, y);
        fixed (T* pa = a, px = x, py = y)
        {
            GemvVisitor<T> visitor = new()
            {
                Team = _team,
                Arguments = new()
                {
                    M = a.Rows,
                    N = a.Columns,
                    Alpha = alpha,
                    A = pa,
                    ARow = a.RowStride,
                    AColumn = a.ColumnStride,
                    X = px,
                    Beta = beta,
                    Y = py,
                },
            };
            Isa.Dispatch<T, GemvVisitor<T>>(ref visitor);
        }
    }

    /// <inheritdoc/>
    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Syrk(a, c);
        if (c.IsEmpty)
        {
            return;
        }

        fixed (T* pa = a, pc = c)
        {
            GemmVisitor<T> visitor = new()
            {
                Region = GemmRegion.Lower,
                Pool = _pool,
                Team = _team,
                Arguments = new()
                {
                    M = c.Rows,
                    N = c.Columns,
                    K = a.Columns,
                    Alpha = alpha,
                    A = pa,
                    ARow = a.RowStride,
                    AColumn = a.ColumnStride,
                    B = pa,
                    BRow = a.ColumnStride,
                    BColumn = a.RowStride,
                    Beta = beta,
                    C = pc,
                    CRow = c.RowStride,
                    CColumn = c.ColumnStride,
                },
            };
            Isa.Dispatch<T, GemmVisitor<T>>(ref visitor);
        }
    }

    /// <inheritdoc/>
    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        BlasChecks.Trsm(a, b);
        if (b.IsEmpty)
        {
            return;
        }

        _triangular.Trsm(triangle, alpha, a, b);
    }

    /// <inheritdoc/>
    public int Potrf(MatrixSpan<T> a)
    {
        BlasChecks.Potrf(a);
        if (a.IsEmpty)
        {
            return 0;
        }

        fixed (T* pa = a)
        {
            if (a.Rows <= PotrfSmall<T>.LargestOrder)
            {
                return PotrfSmall<T>.Run(a.Rows, pa, a.RowStride, a.ColumnStride);
            }

            return _triangular.Potrf(pa, a);
        }
    }

    /// <inheritdoc/>
    void IBlas<T>.Potrs(ReadOnlyMatrixSpan<T> l, MatrixSpan<T> b)
    {
        BlasChecks.Trsm(l, b);
        if (!b.IsEmpty)
        {
            _triangular.Potrs(l, b);
        }
    }
}
