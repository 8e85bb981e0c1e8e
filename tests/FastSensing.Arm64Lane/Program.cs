using System.Numerics;
using System.Runtime;
using System.Runtime.Intrinsics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Arm64Lane;

/// <summary>
/// What the C harness calls. Main is for the compiler, which wants one; no runtime is started, so nothing here or below may
/// allocate, throw or read a static field: the rule of the pointer cores.
/// </summary>
internal static unsafe class Program
{
    private enum Tag
    {
        Simd128,
        Simd128Lane,
        Scalar,
    }

    /// <summary>The address of a kernel: void (*)(LaneCall*).</summary>
    [RuntimeExport("lane_entry")]
    public static void* Entry(int kernel, int tag, int isSingle) => isSingle == 0 ? Entry<double>(kernel, tag) : Entry<float>(kernel, tag);

    /// <summary>Elements of workspace that the kernels of a tag may touch.</summary>
    [RuntimeExport("lane_workspace")]
    public static int Workspace(int tag, int isSingle) => isSingle == 0 ? Workspace<double>(tag) : Workspace<float>(tag);

    /// <summary>Bytes of a call, for the harness to compare with its own.</summary>
    [RuntimeExport("lane_call_size")]
    public static int CallSize(int isSingle) => isSingle == 0 ? sizeof(LaneCall<double>) : sizeof(LaneCall<float>);

    private static int Main() => 0;

    private static void* Entry<T>(int kernel, int tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (Tag)tag switch
        {
            Tag.Simd128 => LaneKernels<Simd128<T>, T, Vector128<T>>.Find((LaneKernel)kernel),
            Tag.Simd128Lane => LaneKernels<Simd128Lane<T>, T, Vector128<T>>.Find((LaneKernel)kernel),
            _ => LaneKernels<Scalar<T>, T, T>.Find((LaneKernel)kernel),
        };

    private static int Workspace<T>(int tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (Tag)tag switch
        {
            Tag.Simd128 => LaneKernels<Simd128<T>, T, Vector128<T>>.WorkspaceLength,
            Tag.Simd128Lane => LaneKernels<Simd128Lane<T>, T, Vector128<T>>.WorkspaceLength,
            _ => LaneKernels<Scalar<T>, T, T>.WorkspaceLength,
        };
}
