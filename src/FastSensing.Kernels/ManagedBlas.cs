using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Gemv;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
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
/// <para>The order of every sum is a function of shapes and strides alone, so equal calls give equal bits.</para>
/// </remarks>
public sealed unsafe class ManagedBlas<T> : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Order up to which Trsm and Potrf are a single diagonal block, and the staging that one needs at most.</summary>
    private const int SmallOrder = 8;
    private const int SmallStaging = 1024;

    private readonly BufferPool<T> _pool;
    private readonly int _workspaceLength;

    /// <summary>With a pool of its own that keeps a block for each of twice as many threads as there are cores, at least 4.</summary>
    public ManagedBlas()
        : this(new BufferPool<T>(Math.Max(4, 2 * Environment.ProcessorCount)))
    {
    }

    /// <summary>With a shared pool.</summary>
    /// <param name="pool">Lends the packing blocks.</param>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public ManagedBlas(BufferPool<T> pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        WorkspaceVisitor visitor = default;
        Isa.Dispatch<T, WorkspaceVisitor>(ref visitor);
        _workspaceLength = visitor.Length;
    }

    /// <summary>"managed" and the instruction set, for example "managed (Simd512)".</summary>
    public string Name => $"managed ({Isa.Name})";

    /// <summary>
    /// Pays first-call costs now: compiles every kernel that a later call can need (some hundred milliseconds) and makes
    /// the packing blocks. Afterwards no call allocates.
    /// </summary>
    /// <param name="threads">Threads that will be inside at once, at most the pool's MaximumRetained; 4 MiB each for double.</param>
    public void Prewarm(int threads = 1)
    {
        _pool.Prewarm(_workspaceLength, threads);
        const int Size = 144;
        using AlignedBuffer<T> memory = new(3 * Size * Size);
        Scratch<T> pieces = new(memory.Span);
        MatrixSpan<T> a = pieces.TakeMatrix(Size, Size);
        MatrixSpan<T> b = pieces.TakeMatrix(Size, Size);
        MatrixSpan<T> c = pieces.TakeMatrix(Size, Size);

        // Every tile: each number of rows and columns.
        for (int rows = 1; rows <= 8; rows++)
        {
            for (int columns = 1; columns <= Isa.PanelColumns<T>(); columns++)
            {
                Gemm(T.One, a.Slice(0, 0, rows, 2), b.Slice(0, 0, 2, columns), T.Zero, c.Slice(0, 0, rows, columns));
            }
        }

        // The sums along K, with every number of rows and columns.
        for (int columns = 1; columns <= 3; columns++)
        {
            Gemm(T.One, a.Slice(0, 0, 15, 128), b.Slice(0, 0, 128, columns), T.Zero, c.Slice(0, 0, 15, columns));
            Gemm(T.One, a.Slice(0, 0, 15, 127), b.Slice(0, 0, 127, columns), T.Zero, c.Slice(0, 0, 15, columns));
        }

        // Packing of both operands in either orientation, staging, and the triangular routines.
        Gemm(T.One, a.Transpose(), b.Transpose(), T.Zero, c);
        Gemm(T.One, a, b, T.Zero, c.Transpose());
        MatrixSpan<T> spread = new(memory.Span[(2 * Size * Size)..], 64, 64, 2 * Size, 2);
        Gemm(T.One, a.Slice(0, 0, 64, 64), b.Slice(0, 0, 64, 64), T.Zero, spread);
        c.Fill(T.Zero);
        for (int i = 0; i < Size; i++)
        {
            c[i, i] = T.One;
        }

        Syrk(T.One, a, T.One, c);
        Potrf(c);
        ((IBlas<T>)this).Potrs(c, b);
        ((IBlas<T>)this).Potrs(c, b.Transpose());
        Gemv(T.One, a, b.Row(0), T.Zero, c.Row(0));
        Gemv(T.One, a.Transpose(), b.Row(0), T.Zero, c.Row(0));
    }

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
    [SkipLocalsInit]
    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        BlasChecks.Trsm(a, b);
        if (b.IsEmpty)
        {
            return;
        }

        // One diagonal block needs a little staging only: no lease for that.
        bool small = b.Rows <= SmallOrder;
        using BufferLease<T> lease = small ? default : _pool.Rent(_workspaceLength);
        Span<T> staging = small ? stackalloc T[SmallStaging] : lease.Span;
        fixed (T* pa = a, pb = b, workspace = staging)
        {
            TrsmVisitor<T> visitor = new()
            {
                Workspace = workspace,
                Alpha = alpha,
                Arguments = new()
                {
                    Triangle = triangle,
                    N = b.Rows,
                    M = b.Columns,
                    A = pa,
                    ARow = a.RowStride,
                    AColumn = a.ColumnStride,
                    B = pb,
                    BRow = b.RowStride,
                    BColumn = b.ColumnStride,
                },
            };
            Isa.Dispatch<T, TrsmVisitor<T>>(ref visitor);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public int Potrf(MatrixSpan<T> a)
    {
        BlasChecks.Potrf(a);
        if (a.IsEmpty)
        {
            return 0;
        }

        bool small = a.Rows <= SmallOrder;
        using BufferLease<T> lease = small ? default : _pool.Rent(_workspaceLength);
        Span<T> staging = small ? stackalloc T[SmallStaging] : lease.Span;
        fixed (T* pa = a, workspace = staging)
        {
            PotrfVisitor<T> visitor = new() { N = a.Rows, A = pa, Row = a.RowStride, Column = a.ColumnStride, Workspace = workspace };
            Isa.Dispatch<T, PotrfVisitor<T>>(ref visitor);
            return visitor.Info;
        }
    }

    private struct WorkspaceVisitor : IIsaVisitor<T>
    {
        public int Length;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Length = GemmKernels<TIsa, T, TVector>.WorkspaceLength;
    }
}
