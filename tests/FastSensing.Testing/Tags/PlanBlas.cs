using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Testing.Tags;

/// <summary>
/// Gemm by a plan of one tag, made anew for every call, so that plans go through the rules of Gemm. What is a plan's
/// caller's duty, that nothing overlaps, is checked here. Other routines are those of the tag's kernels.
/// </summary>
/// <param name="tag">The tag.</param>
/// <param name="packsRight">Whether the plan packs B.</param>
internal sealed class PlanBlas<T>(string tag, bool packsRight) : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly BufferPool<T> _pool = new(1, PoolChecks.Full);
    private readonly IBlas<T> _kernels = TagBlas.Create<T>(tag);

    public string Name => packsRight ? $"packed plans of {tag}" : $"plans of {tag}";

    /// <summary>How many calls were computed by sweeps; the others were the driver's.</summary>
    public int Sweeping { get; private set; }

    public unsafe void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        BlasChecks.Gemm(a, b, c);
        PlanLengths lengths = PlanLengths.Check(a.Shape, b.Shape, c.AsReadOnly().Shape);
        GemmArguments<T> arguments = PlanLengths.Arguments(alpha, a.Shape, b.Shape, beta, c.AsReadOnly().Shape);
        Visitor visitor = default;
        TagTable.Visit<T, Visitor>(tag, ref visitor);
        if (packsRight)
        {
            using var plan = new PackedGemmPlan<T>(lengths, arguments, b, visitor.Choose, _pool);
            plan.Multiply(Memory(a), Memory(c));
            Sweeping += plan.HasSweeps ? 1 : 0;
        }
        else
        {
            var plan = new GemmPlan<T>(lengths, arguments, visitor.Choose, _pool);
            plan.Multiply(Memory(a), Memory(b), Memory(c));
            Sweeping += plan.HasSweeps ? 1 : 0;
        }
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y) => _kernels.Gemv(alpha, a, x, beta, y);

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c) => _kernels.Syrk(alpha, a, beta, c);

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b) => _kernels.Trsm(triangle, alpha, a, b);

    public int Potrf(MatrixSpan<T> a) => _kernels.Potrf(a);

    private static int Length(MatrixShape shape) =>
        checked((int)MatrixLayout.RequiredLength(shape.Rows, shape.Columns, shape.RowStride, shape.ColumnStride));

    private static ReadOnlySpan<T> Memory(ReadOnlyMatrixSpan<T> view) =>
        MemoryMarshal.CreateReadOnlySpan(in view.GetPinnableReference(), Length(view.Shape));

    private static Span<T> Memory(MatrixSpan<T> view) =>
        MemoryMarshal.CreateSpan(ref view.GetPinnableReference(), Length(view.AsReadOnly().Shape));

    private unsafe struct Visitor : IIsaVisitor<T>
    {
        public delegate*<in GemmArguments<T>, T*, GemmRoute<T>> Choose;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Choose = &Route<TIsa, TVector>;

        private static GemmRoute<T> Route<TIsa, TVector>(in GemmArguments<T> arguments, T* packed)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            GemmRoute<T> route = new() { Arguments = arguments, Packed = packed };
            route.Visit<TIsa, TVector>();
            return route;
        }
    }
}
