using System.Runtime.CompilerServices;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// The rows of A as the pointer cores see them: row i has Length contiguous elements and begins RowStride times
/// (Selection[i], or i where there is no selection) elements behind the first. All arithmetic in native integers.
/// </summary>
internal readonly unsafe struct RowTable<T>(T* first, nint rowStride, nint length, int* selection, nint count)
    where T : unmanaged
{
    public readonly nint Length = length;

    public readonly nint Count = count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* Row(nint i) => first + (rowStride * (selection == null ? i : selection[i]));
}
