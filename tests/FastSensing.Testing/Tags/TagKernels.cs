using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Gemv;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Tags;

/// <summary>
/// The pointer cores of one tag behind the public checks. Their workspace is NaN before every call, so that reading what
/// was never packed is seen, and must be NaN around the promised length afterwards. After a call, as much of it is made NaN
/// again as operands of that size can have filled.
/// </summary>
internal sealed unsafe class TagKernels<TIsa, T, TVector>(Placement placement) : IBlas<T>, IDisposable
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int PackedA = GemmBlocking<T>.KC * GemmBlocking<T>.NC;
    private readonly TestMatrix<T> _workspace = new(GemmKernels<TIsa, T, TVector>.WorkspaceLength, 1, Layout.Dense, placement);

    public string Name => $"kernels of {TIsa.Name}";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Gemm(a, b, c);
        Multiply(alpha, a, b, beta, c, GemmRegion.Full);
    }

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Syrk(a, c);
        Multiply(alpha, a, a.Transpose(), beta, c, GemmRegion.Lower);
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        BlasChecks.Gemv(a, x, y);
        fixed (T* pa = a, px = x, py = y)
        {
            var visitor = new GemvVisitor<T>
            {
                Arguments = new() { M = a.Rows, N = a.Columns, Alpha = alpha, A = pa, ARow = a.RowStride, AColumn = a.ColumnStride, X = px, Beta = beta, Y = py },
            };
            visitor.Visit<TIsa, TVector>();
        }
    }

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        BlasChecks.Trsm(a, b);
        if (b.IsEmpty)
        {
            return;
        }

        fixed (T* pa = a, pb = b, workspace = _workspace.Vector)
        {
            var visitor = new TrsmVisitor<T>
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
            visitor.Visit<TIsa, TVector>();
        }

        RestoreWorkspace(b.Rows, b.Columns, b.Rows);
    }

    public int Potrf(MatrixSpan<T> a)
    {
        BlasChecks.Potrf(a);
        if (a.IsEmpty)
        {
            return 0;
        }

        fixed (T* pa = a, workspace = _workspace.Vector)
        {
            var visitor = new PotrfVisitor<T> { N = a.Rows, A = pa, Row = a.RowStride, Column = a.ColumnStride, Workspace = workspace };
            visitor.Visit<TIsa, TVector>();
            RestoreWorkspace(a.Rows, a.Rows, a.Rows);
            return visitor.Info;
        }
    }

    public void Dispose() => _workspace.Dispose();

    private void Multiply(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c, GemmRegion region)
    {
        if (c.IsEmpty)
        {
            return;
        }

        fixed (T* pa = a, pb = b, pc = c)
        {
            GemmArguments<T> arguments = new()
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
            };
            if (GemmKernels<TIsa, T, TVector>.TryRunInPlace(ref arguments, region))
            {
                return;
            }

            fixed (T* workspace = _workspace.Vector)
            {
                GemmKernels<TIsa, T, TVector>.Run(arguments, region, workspace);
            }
        }

        RestoreWorkspace(c.Rows, c.Columns, a.Columns);
    }

    /// <summary>Packed B, packed A and the staging panel, each as far as m x n x k and the rounding up to blocks can reach.</summary>
    private void RestoreWorkspace(int m, int n, int k)
    {
        const int Slack = 64;
        (long depth, long longer) = (Math.Max(m, k) + Slack, Math.Max(m, n) + Slack);
        Restore(0, PackedA, depth * longer);
        Restore(PackedA, PackedA + GemmBlocking<T>.ABlockLength, depth * longer);
        Restore(PackedA + GemmBlocking<T>.ABlockLength, _workspace.Rows, longer * Slack);
        _workspace.AssertMarginsIntact($"{Name}: the workspace");
    }

    private void Restore(int start, int end, long length) => _workspace.Vector.Slice(start, (int)Math.Min(end - start, length)).Fill(T.NaN);
}
