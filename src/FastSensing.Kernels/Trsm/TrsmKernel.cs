using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Trsm;

/// <summary>
/// Substitution with a triangle that is not large, panel by panel of right-hand sides, vectorised along them:
/// x_i = (b_i - sum_j a_ij x_j) / a_ii.
/// </summary>
/// <remarks>
/// <para>Whole panels with unit column stride are solved where they lie; others (the solve from the right) are transposed
/// into a staging panel and back. An upper triangle is a lower one from its last row on.</para>
/// <para>No inverted blocks: NaN and infinities reach what depends on them only. Pivots are multiplied by their reciprocals
/// if all of these are normal numbers; else there are divisions.</para>
/// </remarks>
internal static unsafe class TrsmKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public const int LargestOrder = 128;

    private const int LargestRegisters = TriangleSweep<TIsa, T, TVector>.LargestRegisters;

    /// <summary>Solves in place.</summary>
    /// <param name="t">The triangle and the right-hand sides.</param>
    /// <param name="staging">For n unknowns: n reciprocals, rounded up to 16, and n rows of a panel.</param>
    public static void Run(in TrsmArguments<T> t, T* staging)
    {
        TrianglePanel<T> triangle = Begin(t, staging);
        T* staged = Panel(t.N, staging);
        for (nint first = 0; first < t.M;)
        {
            TrsmColumns<T> columns = Next(t, ref first);
            T* panel = Stage(columns, staged, out nint stride);
            Solve(triangle, panel, stride, columns);
            Unstage(panel, stride, columns);
        }
    }

    /// <summary>B &#8592; A^-T A^-1 B: the solve, and that with the transpose, on right-hand sides that are staged once.</summary>
    /// <param name="t">The triangle and the right-hand sides.</param>
    /// <param name="staging">As for <see cref="Run"/>, with a second set of reciprocals.</param>
    /// <remarks>The bits are those of two solves.</remarks>
    public static void RunBoth(in TrsmArguments<T> t, T* staging)
    {
        TrsmArguments<T> transposed = t;
        transposed.Triangle = t.Triangle == Triangle.Lower ? Triangle.Upper : Triangle.Lower;
        transposed.ARow = t.AColumn;
        transposed.AColumn = t.ARow;
        TrianglePanel<T> triangle = Begin(t, staging);
        TrianglePanel<T> back = Begin(transposed, staging + Rounded(t.N));
        T* staged = staging + (2 * Rounded(t.N));
        for (nint first = 0; first < t.M;)
        {
            TrsmColumns<T> columns = Next(t, ref first);
            T* panel = Stage(columns, staged, out nint stride);
            Solve(triangle, panel, stride, columns);
            Solve(back, panel, stride, columns);
            Unstage(panel, stride, columns);
        }
    }

    /// <summary>Where a solve of order n stages the last of its panels.</summary>
    public static T* Panel(nint n, T* staging) => staging + Rounded(n);

    private static nint Rounded(nint n) => (n + 15) / 16 * 16;

    /// <summary>The triangle as a lower one, and its reciprocals.</summary>
    private static TrianglePanel<T> Begin(in TrsmArguments<T> t, T* reciprocals)
    {
        bool upper = t.Triangle == Triangle.Upper;
        TrianglePanel<T> panel = new()
        {
            A = upper ? t.A + ((t.N - 1) * (t.ARow + t.AColumn)) : t.A,
            ARow = upper ? -t.ARow : t.ARow,
            AColumn = upper ? -t.AColumn : t.AColumn,
            Reciprocals = reciprocals,
            IsReversed = upper,
        };
        bool multiplies = true;
        for (nint i = 0; i < t.N; i++)
        {
            T reciprocal = T.One / panel.A[i * (panel.ARow + panel.AColumn)];
            reciprocals[i] = reciprocal;
            multiplies &= T.IsNormal(reciprocal);
        }

        panel.Multiplies = multiplies;
        return panel;
    }

    /// <summary>The next panel, about as wide as the others.</summary>
    private static TrsmColumns<T> Next(in TrsmArguments<T> t, ref nint first)
    {
        nint registers = (t.M - first + TIsa.Count - 1) / TIsa.Count;
        nint panels = (registers + LargestRegisters - 1) / LargestRegisters;
        nint width = (registers + panels - 1) / panels * TIsa.Count;
        TrsmColumns<T> columns = new() { B = t.B + (first * t.BColumn), Row = t.BRow, Column = t.BColumn, N = t.N, M = Math.Min(width, t.M - first) };
        first += width;
        return columns;
    }

    private static bool IsInPlace(in TrsmColumns<T> columns) => columns.Column == 1 && columns.M % TIsa.Count == 0;

    private static T* Stage(in TrsmColumns<T> columns, T* staged, out nint stride)
    {
        if (IsInPlace(columns))
        {
            stride = columns.Row;
            return columns.B;
        }

        stride = LargestRegisters * TIsa.Count;
        TrsmStaging<TIsa, T, TVector>.Load(columns, staged, stride);
        return staged;
    }

    private static void Unstage(T* panel, nint stride, in TrsmColumns<T> columns)
    {
        if (!IsInPlace(columns))
        {
            TrsmStaging<TIsa, T, TVector>.Save(panel, stride, columns);
        }
    }

    private static void Solve(TrianglePanel<T> triangle, T* panel, nint stride, in TrsmColumns<T> columns)
    {
        triangle.B = triangle.IsReversed ? panel + ((columns.N - 1) * stride) : panel;
        triangle.BRow = triangle.IsReversed ? -stride : stride;
        nint registers = (columns.M + TIsa.Count - 1) / TIsa.Count;
        if (triangle.Multiplies)
        {
            TriangleSweep<TIsa, T, TVector>.Solve<MultiplyingStep>(triangle, columns.N, registers);
        }
        else
        {
            TriangleSweep<TIsa, T, TVector>.Solve<DividingStep>(triangle, columns.N, registers);
        }
    }
}
