using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Kernels.Potrf;

/// <summary>
/// Cholesky by groups of rows of L, as many as a panel of three registers has lanes: solve for what lies left of the
/// group's diagonal block, then factor that block. Every row of A is read once and written once.
/// </summary>
/// <remarks>
/// A group is staged transposed: row k of the panel is column k of the group, contiguous, and the rows of L above are read
/// where they lie. After a failed pivot the rows below are still solved for the columns before it.
/// </remarks>
internal static unsafe class PotrfKernel<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public const int LargestOrder = 256;

    private const int LargestRegisters = TriangleSweep<TIsa, T, TVector>.LargestRegisters;

    private static nint Width => LargestRegisters * TIsa.Count;

    /// <summary>Rows of a diagonal block, all in one register.</summary>
    private static nint BlockRows => Math.Min(4, TIsa.Count);

    /// <summary>Factors in place; see <see cref="PotrfDriver{TIsa, T, TVector}.Run"/>.</summary>
    /// <remarks>Staging: a square of a register's width, two registers, n reciprocals and n rows of a panel, both n rounded up to 16.</remarks>
    public static int Run(nint n, T* a, nint row, nint column, T* staging)
    {
        if (n <= PotrfSmall<T>.LargestOrder)
        {
            return PotrfSmall<T>.Run(n, a, row, column);
        }

        if (PotrfTwoBlocks<TIsa, T, TVector>.Suits(n, column))
        {
            return PotrfTwoBlocks<TIsa, T, TVector>.Run(n, a, row, staging);
        }

        nint rounded = (n + 15) / 16 * 16;
        PotrfRows<T> rows = new() { Row = row, Column = column, Image = staging };
        TrianglePanel<T> panel = new() { A = a, ARow = row, AColumn = column, BRow = Width };
        panel.Scratch = staging + (TIsa.Count * TIsa.Count);
        panel.Reciprocals = panel.Scratch + (2 * TIsa.Count);
        panel.B = panel.Reciprocals + rounded;
        rows.Panel = panel.B;

        int info = 0;
        nint columns = n;
        nint registers = (n + TIsa.Count - 1) / TIsa.Count;
        nint groups = (registers + LargestRegisters - 1) / LargestRegisters;
        for (; groups > 0; groups--)
        {
            nint inGroup = (registers + groups - 1) / groups;
            registers -= inGroup;
            rows.A = a + (rows.First * row);
            rows.Count = Math.Min(inGroup * TIsa.Count, n - rows.First);
            Prepare(panel, rows, columns, inGroup);
            if (info == 0 && !TryFactor(panel, rows, inGroup))
            {
                Prepare(panel, rows, columns, inGroup);
                info = PotrfByRoots<T>.Run(rows.First, rows.First + rows.Count, panel.B - rows.First, 1, Width, panel.Reciprocals);
                columns = info == 0 ? n : info - 1;
            }

            PotrfStaging<TIsa, T, TVector>.Save(rows, columns);
            rows.First += rows.Count;
        }

        return info;
    }

    /// <summary>Stages a group and solves for its columns left of the diagonal block.</summary>
    private static void Prepare(in TrianglePanel<T> panel, in PotrfRows<T> rows, nint columns, nint registers)
    {
        PotrfStaging<TIsa, T, TVector>.Load(rows);
        TriangleSweep<TIsa, T, TVector>.Solve<MultiplyingStep>(panel, Math.Min(columns, rows.First), registers);
    }

    /// <summary>The diagonal block of a group, whose columns to the left are done; false if a pivot is not positive or is NaN.</summary>
    private static bool TryFactor(TrianglePanel<T> panel, in PotrfRows<T> rows, nint registers)
    {
        // Element (i, k) of the group is in row k of the panel, lane i.
        panel.A = panel.B - rows.First;
        panel.ARow = 1;
        panel.AColumn = Width;
        nint done = 0;
        while (done < rows.Count)
        {
            nint register = done / TIsa.Count;
            nint left = rows.Count - done;
            nint step = left >= BlockRows ? BlockRows : left >= 2 ? 2 : 1;
            TrianglePanel<T> part = panel;
            part.B += register * TIsa.Count;
            part.Lane = done - (register * TIsa.Count);
            int failed = (registers - register) switch
            {
                1 => Step<N1>(part, rows.First + done, step),
                2 => Step<N2>(part, rows.First + done, step),
                _ => Step<N3>(part, rows.First + done, step),
            };
            if (failed != 0)
            {
                return false;
            }

            done += step;
        }

        return true;
    }

    private static int Step<TColumns>(in TrianglePanel<T> panel, nint first, nint rows)
        where TColumns : unmanaged => rows switch
        {
            1 => TriangleTile<TIsa, T, TVector, N1, TColumns, FactoringStep>.Run(panel, first),
            2 => TriangleTile<TIsa, T, TVector, N2, TColumns, FactoringStep>.Run(panel, first),
            _ => TriangleTile<TIsa, T, TVector, N4, TColumns, FactoringStep>.Run(panel, first),
        };
}
