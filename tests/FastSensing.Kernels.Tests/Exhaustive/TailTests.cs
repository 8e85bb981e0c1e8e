using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>Every remainder of every block of the dense kernels of every tag, in every layout.</summary>
public abstract class TailTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Tags => [.. TagTable.Available];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Gemm_EveryTailDepthAndLayout_IsWithinItsBound(string tag) => Visit<GemmVisitor>(tag);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Syrk_EveryOrderDepthAndLayout_IsWithinItsBound(string tag) => Visit<SyrkVisitor>(tag);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Trsm_EveryOrderTailAndLayout_IsWithinItsBound(string tag) => Visit<TrsmVisitor>(tag);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Potrf_EveryOrderAndLayout_IsWithinItsBound(string tag) => Visit<PotrfVisitor>(tag);

    private static void Visit<TVisitor>(string tag)
        where TVisitor : struct, IIsaVisitor<T>
    {
        TVisitor visitor = default;
        TagTable.Visit<T, TVisitor>(tag, ref visitor);
    }

    private struct GemmVisitor : IIsaVisitor<T>
    {
        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            var tails = new GemmTails<TIsa, T, TVector>();
            tails.Run();
            Assert.Equal(tails.ExpectedCalls, tails.Calls);
        }
    }

    private struct SyrkVisitor : IIsaVisitor<T>
    {
        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            var tails = new SyrkTails<TIsa, T, TVector>();
            tails.Run();
            Assert.Equal(tails.ExpectedCalls, tails.Calls);
        }
    }

    private struct PotrfVisitor : IIsaVisitor<T>
    {
        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            var tails = new PotrfTails<TIsa, T, TVector>();
            tails.Run();
            Assert.Equal(tails.ExpectedCalls, tails.Calls);
        }
    }

    private struct TrsmVisitor : IIsaVisitor<T>
    {
        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            foreach (Triangle triangle in (Triangle[])[Triangle.Lower, Triangle.Upper])
            {
                var tails = new TrsmTails<TIsa, T, TVector>(triangle);
                tails.Run();
                Assert.Equal(tails.ExpectedCalls, tails.Calls);
            }
        }
    }
}

public sealed class TailDoubleTests : TailTests<double>;

public sealed class TailSingleTests : TailTests<float>;
