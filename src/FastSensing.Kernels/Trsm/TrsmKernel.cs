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

    private static nint Width => LargestRegisters * TIsa.Count;

    /// <summary>Solves in place.</summary>
    /// <param name="t">The triangle and the right-hand sides.</param>
    /// <param name="staging">For n right-hand sides: n reciprocals, rounded up to 16, and n rows of a panel.</param>
    public static void Run(in TrsmArguments<T> t, T* staging)
    {
        bool upper = t.Triangle == Triangle.Upper;
        TrianglePanel<T> panel = default;
        panel.A = upper ? t.A + ((t.N - 1) * (t.ARow + t.AColumn)) : t.A;
        panel.ARow = upper ? -t.ARow : t.ARow;
        panel.AColumn = upper ? -t.AColumn : t.AColumn;
        panel.Reciprocals = staging;
        bool multiplies = Invert(panel, t.N);
        T* staged = staging + ((t.N + 15) / 16 * 16);
        nint registers = (t.M + TIsa.Count - 1) / TIsa.Count;
        nint panels = (registers + LargestRegisters - 1) / LargestRegisters;
        nint first = 0;
        for (; panels > 0; panels--)
        {
            nint inPanel = (registers + panels - 1) / panels;
            registers -= inPanel;
            TrsmColumns<T> columns = new() { B = t.B + (first * t.BColumn), Row = t.BRow, Column = t.BColumn, N = t.N, M = Math.Min(inPanel * TIsa.Count, t.M - first) };
            first += columns.M;
            bool inPlace = t.BColumn == 1 && columns.M == inPanel * TIsa.Count;
            panel.B = inPlace ? columns.B : staged;
            panel.BRow = inPlace ? t.BRow : Width;
            T* origin = panel.B;
            if (!inPlace)
            {
                TrsmStaging<TIsa, T, TVector>.Load(columns, origin, Width);
            }

            if (upper)
            {
                panel.B += (t.N - 1) * panel.BRow;
                panel.BRow = -panel.BRow;
            }

            Solve(panel, t.N, inPanel, multiplies);
            if (!inPlace)
            {
                TrsmStaging<TIsa, T, TVector>.Save(origin, Width, columns);
            }
        }
    }

    private static void Solve(in TrianglePanel<T> panel, nint n, nint registers, bool multiplies)
    {
        if (multiplies)
        {
            TriangleSweep<TIsa, T, TVector>.Solve<MultiplyingStep>(panel, n, registers);
        }
        else
        {
            TriangleSweep<TIsa, T, TVector>.Solve<DividingStep>(panel, n, registers);
        }
    }

    /// <summary>The reciprocals of the pivots; false if one is no normal number.</summary>
    private static bool Invert(in TrianglePanel<T> panel, nint n)
    {
        bool normal = true;
        for (nint i = 0; i < n; i++)
        {
            T reciprocal = T.One / panel.A[i * (panel.ARow + panel.AColumn)];
            panel.Reciprocals[i] = reciprocal;
            normal &= T.IsNormal(reciprocal);
        }

        return normal;
    }
}
