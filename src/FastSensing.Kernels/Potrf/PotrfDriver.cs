using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// A = L L^T in the lower triangle by halving: factor the first half, solve for the block below it, update the second
/// half by Syrk, factor that. Returns INFO and touches nothing above the diagonal.
/// </summary>
internal static unsafe class PotrfDriver<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>The halves are cut at multiples of this.</summary>
    private const int Unit = 64;

    /// <summary>Factors in place.</summary>
    /// <param name="n">Order of A.</param>
    /// <param name="a">First element of A.</param>
    /// <param name="row">Row stride.</param>
    /// <param name="column">Column stride.</param>
    /// <param name="workspace">The workspace of Gemm.</param>
    /// <returns>0, or the 1-based index of the first pivot that is not positive or is NaN.</returns>
    public static int Run(nint n, T* a, nint row, nint column, T* workspace) =>
        Run(n, a, row, column, new OneThreadUpdates<TIsa, T, TVector>(workspace));

    /// <summary>Factors in place, with the updates by <paramref name="updates"/>.</summary>
    public static int Run<TUpdates>(nint n, T* a, nint row, nint column, in TUpdates updates)
        where TUpdates : struct, IPotrfUpdates<T>
    {
        if (n <= PotrfKernel<TIsa, T, TVector>.LargestOrder)
        {
            return PotrfKernel<TIsa, T, TVector>.Run(n, a, row, column, updates.Workspace);
        }

        if (!updates.ServesOrder(n))
        {
            return Run(n, a, row, column, updates.Workspace);
        }

        nint unit = Unit;
        nint half = ((n / 2) + unit - 1) / unit * unit;
        int info = Run(half, a, row, column, updates);
        T* below = a + (half * row);
        if (info != 0)
        {
            // The columns before the failed pivot are complete only with the rows below.
            updates.Solve(Below(info - 1, n - half, a, below, row, column));
            return info;
        }

        T* rest = below + (half * column);
        updates.Solve(Below(half, n - half, a, below, row, column));
        updates.Subtract(Rest(half, n - half, below, rest, row, column));
        info = Run(n - half, rest, row, column, updates);
        return info == 0 ? 0 : info + (int)half;
    }

    /// <summary>A21 &#8592; A21 L11^-T, as a solve from the left with both views transposed.</summary>
    private static TrsmArguments<T> Below(nint columns, nint rest, T* a, T* below, nint row, nint column) => new()
    {
        Triangle = Triangle.Lower,
        N = columns,
        M = rest,
        A = a,
        ARow = row,
        AColumn = column,
        B = below,
        BRow = column,
        BColumn = row,
    };

    /// <summary>A22 &#8592; A22 - L21 L21^T.</summary>
    private static GemmArguments<T> Rest(nint half, nint rest, T* below, T* target, nint row, nint column) => new()
    {
        M = rest,
        N = rest,
        K = half,
        Alpha = -T.One,
        A = below,
        ARow = row,
        AColumn = column,
        B = below,
        BRow = column,
        BColumn = row,
        Beta = T.One,
        C = target,
        CRow = row,
        CColumn = column,
    };
}
