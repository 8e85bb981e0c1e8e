using System.Numerics;
using System.Runtime.Intrinsics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Testing.Tags;

/// <summary>The instruction-set tags by name, for tests that force one by type instead of taking what is dispatched.</summary>
internal static class TagTable
{
    /// <summary>Every tag, widest first. The one for lane-indexed multiply-adds runs on any 128-bit SIMD, slower: its tile is tested everywhere.</summary>
    public static string[] All => ["Simd512", "Simd256", "Simd128Lane", "Simd128", "Scalar"];

    /// <summary>The tags whose instructions this process may use; the others get no test rows.</summary>
    public static string[] Available => Array.FindAll(All, IsAvailable);

    /// <summary>True when kernels of the tag can run here.</summary>
    public static bool IsAvailable(string tag) => tag switch
    {
        "Simd512" => Isa.HasSimd512,
        "Simd256" => Isa.HasSimd256,
        "Simd128Lane" or "Simd128" => Isa.HasSimd128,
        _ => true,
    };

    /// <summary>Visits with the types of <paramref name="tag"/>.</summary>
    public static void Visit<T, TVisitor>(string tag, ref TVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVisitor : struct, IIsaVisitor<T>
    {
        switch (tag)
        {
            case "Simd512": visitor.Visit<Simd512<T>, Vector512<T>>(); break;
            case "Simd256": visitor.Visit<Simd256<T>, Vector256<T>>(); break;
            case "Simd128Lane": visitor.Visit<Simd128Lane<T>, Vector128<T>>(); break;
            case "Simd128": visitor.Visit<Simd128<T>, Vector128<T>>(); break;
            case "Scalar": visitor.Visit<Scalar<T>, T>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(tag), tag, null);
        }
    }
}
