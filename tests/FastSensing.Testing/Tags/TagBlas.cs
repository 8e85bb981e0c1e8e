using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Simd;

namespace FastSensing.Testing.Tags;

/// <summary>Makes the <see cref="IBlas{T}"/> that runs the kernels of one tag.</summary>
internal static class TagBlas
{
    /// <summary>The kernels of <paramref name="tag"/>, whatever this process dispatches to.</summary>
    public static IBlas<T> Create<T>(string tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var visitor = default(Visitor<T>);
        TagTable.Visit<T, Visitor<T>>(tag, ref visitor);
        return visitor.Blas!;
    }

    private struct Visitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public IBlas<T>? Blas;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Blas = new TagKernels<TIsa, T, TVector>();
    }
}
