using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Tags;

/// <summary>Makes the <see cref="IBlas{T}"/> that runs the kernels of one tag.</summary>
internal static class TagBlas
{
    /// <summary>The kernels of <paramref name="tag"/>, whatever this process dispatches to, with a workspace that lies where <paramref name="placement"/> says.</summary>
    public static IBlas<T> Create<T>(string tag, Placement placement = Placement.Array)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var visitor = new Visitor<T> { Placement = placement };
        TagTable.Visit<T, Visitor<T>>(tag, ref visitor);
        return visitor.Blas!;
    }

    private struct Visitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Placement Placement;
        public IBlas<T>? Blas;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Blas = new TagKernels<TIsa, T, TVector>(Placement);
    }
}
