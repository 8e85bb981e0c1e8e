using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>
/// B &#8592; tri(A)^-1 B by halving: solve one half of the unknowns, subtract their part from the other half by Gemm, solve
/// that. All but the diagonal blocks is Gemm.
/// </summary>
internal static unsafe class TrsmDriver<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>The halves are cut at multiples of this.</summary>
    private const int Unit = 64;

    /// <summary>Solves in place.</summary>
    /// <param name="t">The triangle and the right-hand sides.</param>
    /// <param name="workspace">The workspace of Gemm.</param>
    public static void Run(in TrsmArguments<T> t, T* workspace)
    {
        if (t.N <= TrsmKernel<TIsa, T, TVector>.LargestOrder)
        {
            TrsmKernel<TIsa, T, TVector>.Run(t, workspace);
            return;
        }

        nint unit = Unit;
        nint half = ((t.N / 2) + unit - 1) / unit * unit;
        nint rest = t.N - half;
        bool lower = t.Triangle == Triangle.Lower;
        Run(lower ? t.Diagonal(0, half) : t.Diagonal(half, rest), workspace);
        Subtract(t, lower ? Update(t, half, rest, 0, half) : Update(t, 0, half, half, rest), workspace);
        Run(lower ? t.Diagonal(half, rest) : t.Diagonal(0, half), workspace);
    }

    /// <summary>B &#8592; alpha B; at alpha = 0 the old B is not read.</summary>
    public static void Scale(in TrsmArguments<T> t, T alpha)
    {
        if (alpha == T.One)
        {
            return;
        }

        for (nint i = 0; i < t.N; i++)
        {
            T* row = t.B + (i * t.BRow);
            for (nint j = 0; j < t.M; j++)
            {
                row[j * t.BColumn] = alpha == T.Zero ? T.Zero : alpha * row[j * t.BColumn];
            }
        }
    }

    private static void Subtract(in TrsmArguments<T> t, in GemmArguments<T> update, T* workspace)
    {
        if (t.Whole == 0)
        {
            GemmKernels<TIsa, T, TVector>.Run(update, GemmRegion.Full, workspace);
            return;
        }

        GemmArguments<T> whole = update;
        whole.N = t.Whole;
        GemmKernels<TIsa, T, TVector>.RunPart(update, whole, workspace);
    }

    /// <summary>B[row..] &#8592; B[row..] - A[row.., column..] B[column..].</summary>
    private static GemmArguments<T> Update(in TrsmArguments<T> t, nint row, nint rows, nint column, nint columns) => new()
    {
        M = rows,
        N = t.M,
        K = columns,
        Alpha = -T.One,
        A = t.A + (row * t.ARow) + (column * t.AColumn),
        ARow = t.ARow,
        AColumn = t.AColumn,
        B = t.B + (column * t.BRow),
        BRow = t.BRow,
        BColumn = t.BColumn,
        Beta = T.One,
        C = t.B + (row * t.BRow),
        CRow = t.BRow,
        CColumn = t.BColumn,
    };
}
