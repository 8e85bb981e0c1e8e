using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>A workspace of the kernels of one tag. It is filled with NaN once for many calls: as far as small calls reach.</summary>
internal sealed unsafe class TailWorkspace<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int Reach = 16_384;
    private const int PackedA = GemmBlocking<T>.KC * GemmBlocking<T>.NC;

    private readonly T[] _storage = GC.AllocateUninitializedArray<T>(GemmKernels<TIsa, T, TVector>.WorkspaceLength, pinned: true);

    public TailWorkspace()
    {
        _storage.AsSpan().Fill(T.NaN);
        First = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_storage, 0);
    }

    public T* First { get; }

    /// <summary>Fills the beginnings of packed B and A and of the staging panel.</summary>
    public void Poison()
    {
        foreach (int start in (int[])[0, PackedA, PackedA + GemmBlocking<T>.ABlockLength])
        {
            Span<T> rest = _storage.AsSpan(start);
            rest[..Math.Min(Reach, rest.Length)].Fill(T.NaN);
        }
    }
}
