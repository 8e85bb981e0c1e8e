using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Native.Cblas;

namespace FastSensing.Native;

/// <summary>
/// The dense routines by a native library: <see cref="IBlas{T}"/> over <see cref="NativeBlasLibrary"/>, with the whole
/// contract. Views that a BLAS cannot express are served in C#.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Native are: products and solves in which every matrix has a unit stride in one direction and rows (or columns)
/// that do not overlap, and Potrf where the library has it. Everything else, every call without a product (alpha = 0, no
/// inner dimension), every factor that is NaN and every infinite alpha goes to <see cref="ManagedBlas{T}"/>.</para>
/// <para>Potrf keeps a copy of the triangle: when the library stops, or returns a pivot that is NaN without saying so, the
/// matrix is restored and factored in C#, so that INFO and the columns before it are what the contract says.</para>
/// <para>Where the library's arithmetic departs from IEEE 754 on NaN and infinity: <see cref="NativeDeviations"/>.</para>
/// <para>On more than one thread the last bits may depend on their number: that is the library's decision.</para>
/// <para>Re-entrant as far as the library is. Allocation: none, after one call of each shape class.</para>
/// </remarks>
public sealed unsafe class NativeBlas<T> : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The longest copy of a triangle that the pool lends; a larger matrix is factored in C#.
    private const int LargestOrder = 46_000;

    private const int LargestPrewarmed = 1 << 15;

    private readonly EntryPoints<T> _entries;
    private readonly BufferPool<T> _pool;
    private readonly ManagedBlas<T> _managed;

    /// <summary>Over a loaded library, with a pool of its own.</summary>
    /// <param name="library">The library.</param>
    public NativeBlas(NativeBlasLibrary library)
        : this(library, new BufferPool<T>(Math.Max(4, 2 * Environment.ProcessorCount)))
    {
    }

    /// <summary>Over a loaded library, with a shared pool.</summary>
    /// <param name="library">The library.</param>
    /// <param name="pool">Lends the copies of Potrf and the packing blocks of the managed path.</param>
    public NativeBlas(NativeBlasLibrary library, BufferPool<T> pool)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(pool);
        Library = library;
        _entries = library.EntriesOf<T>();
        _pool = pool;
        _managed = new ManagedBlas<T>(pool);
    }

    /// <summary>The library that computes.</summary>
    public NativeBlasLibrary Library { get; }

    /// <inheritdoc/>
    public string Name => $"{Library.Kind} ({Library.Core}, {Library.Path})";

    /// <summary>Pays the first-call costs now: those of the managed paths, and the copies of Potrf up to order 255.</summary>
    /// <param name="threads">Threads that will be inside at once, &gt;= 1 and at most what the pool retains.</param>
    public void Prewarm(int threads = 1)
    {
        _managed.Prewarm(threads);
        for (int length = 1; length <= LargestPrewarmed; length *= 2)
        {
            _pool.Prewarm(length, threads);
        }
    }

    /// <inheritdoc/>
    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Gemm(a, b, c);
        if (c.IsEmpty)
        {
            return;
        }

        // A transposed C is the row-major C^T = B^T A^T.
        Stored storedC = StoredOf(c);
        if (storedC.IsTransposed)
        {
            ReadOnlyMatrixSpan<T> left = b.Transpose();
            b = a.Transpose();
            a = left;
            c = c.Transpose();
        }

        Stored storedA = StoredOf(a);
        Stored storedB = StoredOf(b);
        bool native = storedC.IsExpressible && storedA.IsExpressible && storedB.IsExpressible;
        if (!native || a.Columns == 0 || !IsPlain(alpha, beta))
        {
            _managed.Gemm(alpha, a, b, beta, c);
            return;
        }

        fixed (T* pa = a, pb = b, pc = c)
        {
            _entries.Gemm(new GemmCall<T>
            {
                AStored = storedA,
                BStored = storedB,
                M = c.Rows,
                N = c.Columns,
                K = a.Columns,
                Alpha = alpha,
                A = pa,
                B = pb,
                Beta = beta,
                C = pc,
                LdC = storedC.LeadingDimension,
            });
        }
    }

    /// <inheritdoc/>
    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        BlasChecks.Gemv(a, x, y);
        Stored stored = StoredOf(a);
        if (!stored.IsExpressible || a.IsEmpty || !IsPlain(alpha, beta))
        {
            _managed.Gemv(alpha, a, x, beta, y);
            return;
        }

        fixed (T* pa = a, px = x, py = y)
        {
            _entries.Gemv(new GemvCall<T>
            {
                AStored = stored,
                M = stored.IsTransposed ? a.Columns : a.Rows,
                N = stored.IsTransposed ? a.Rows : a.Columns,
                Alpha = alpha,
                A = pa,
                X = px,
                Beta = beta,
                Y = py,
            });
        }
    }

    /// <inheritdoc/>
    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Syrk(a, c);
        Stored storedA = StoredOf(a);
        Stored storedC = StoredOf(c);
        if (!storedA.IsExpressible || !storedC.IsExpressible || a.IsEmpty || !IsPlain(alpha, beta))
        {
            _managed.Syrk(alpha, a, beta, c);
            return;
        }

        fixed (T* pa = a, pc = c)
        {
            _entries.Syrk(new SyrkCall<T>
            {
                Triangle = storedC.IsTransposed ? CblasFlag.Upper : CblasFlag.Lower,
                AStored = storedA,
                N = c.Rows,
                K = a.Columns,
                Alpha = alpha,
                A = pa,
                Beta = beta,
                C = pc,
                LdC = storedC.LeadingDimension,
            });
        }
    }

    /// <inheritdoc/>
    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        BlasChecks.Trsm(a, b);
        Stored storedA = StoredOf(a);
        Stored storedB = StoredOf(b);
        if (!storedA.IsExpressible || !storedB.IsExpressible || b.IsEmpty || !IsPlain(alpha, T.One))
        {
            _managed.Trsm(triangle, alpha, a, b);
            return;
        }

        fixed (T* pa = a, pb = b)
        {
            // A transposed A shows its other triangle; a transposed B is solved from the right with op(A)^T.
            bool lowerInMemory = (triangle == Triangle.Lower) != storedA.IsTransposed;
            _entries.Trsm(new TrsmCall<T>
            {
                Side = storedB.IsTransposed ? CblasFlag.Right : CblasFlag.Left,
                Triangle = lowerInMemory ? CblasFlag.Lower : CblasFlag.Upper,
                Operation = storedB.IsTransposed ? storedA.Opposite : storedA.Operation,
                M = storedB.IsTransposed ? b.Columns : b.Rows,
                N = storedB.IsTransposed ? b.Rows : b.Columns,
                Alpha = alpha,
                A = pa,
                LdA = storedA.LeadingDimension,
                B = pb,
                LdB = storedB.LeadingDimension,
            });
        }
    }

    /// <inheritdoc/>
    public int Potrf(MatrixSpan<T> a)
    {
        BlasChecks.Potrf(a);
        Stored stored = StoredOf(a);
        if (a.IsEmpty || !_entries.HasPotrf || !stored.IsExpressible || a.Rows > LargestOrder)
        {
            return _managed.Potrf(a);
        }

        int length = (int)((a.Rows + 1L) * a.Rows / 2);
        using BufferLease<T> copy = _pool.Rent(length);
        MatrixSpan<T> walk = stored.IsTransposed ? a.Transpose() : a;
        CopyTriangle(walk, stored, copy.Span, Direction.Save);
        if (FactorInPlace(a, stored) == 0 && HasPositiveDiagonal(a))
        {
            return 0;
        }

        CopyTriangle(walk, stored, copy.Span, Direction.Restore);
        return _managed.Potrf(a);
    }

    private enum Direction
    {
        Save,
        Restore,
    }

    private int FactorInPlace(MatrixSpan<T> a, Stored stored)
    {
        fixed (T* pa = a)
        {
            // LAPACK counts by columns: a row-major lower triangle is its upper one.
            return _entries.Potrf(stored.IsTransposed ? (byte)'L' : (byte)'U', a.Rows, pa, stored.LeadingDimension);
        }
    }

    private static bool HasPositiveDiagonal(MatrixSpan<T> a)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            if (!(a[i, i] > T.Zero))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Moves a triangle of a row-major matrix, the lower one or, when it is the transpose of the view, the upper one.</summary>
    private static void CopyTriangle(MatrixSpan<T> rows, Stored stored, Span<T> packed, Direction direction)
    {
        int n = rows.Rows;
        fixed (T* first = rows)
        {
            for (int i = 0; i < n; i++)
            {
                int length = stored.IsTransposed ? n - i : i + 1;
                T* start = first + ((nint)i * stored.LeadingDimension) + (stored.IsTransposed ? i : 0);
                Span<T> row = MemoryMarshal.CreateSpan(ref *start, length);
                if (direction == Direction.Save)
                {
                    row.CopyTo(packed);
                }
                else
                {
                    packed[..length].CopyTo(row);
                }

                packed = packed[length..];
            }
        }
    }

    // Without a product there is nothing to call for; NaN factors some libraries ignore on some paths; an infinite alpha
    // belongs to the finished sum, not to its terms.
    private static bool IsPlain(T alpha, T beta) => alpha != T.Zero && T.IsFinite(alpha) && !T.IsNaN(beta);

    /// <summary>How the library sees a view.</summary>
    internal static Stored StoredOf(ReadOnlyMatrixSpan<T> view) => Stored.Of(view.Rows, view.Columns, view.RowStride, view.ColumnStride);
}
