using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels;

/// <summary>The lengths that the operands of a plan must have, and what a plan refuses when it is made.</summary>
internal readonly struct PlanLengths
{
    private PlanLengths(int a, int b, int c, bool hasShortcut)
    {
        (A, B, C) = (a, b, c);
        (LastA, LastB, LastC) = hasShortcut ? (a - 1, b - 1, c - 1) : (int.MaxValue, int.MaxValue, int.MaxValue);
    }

    public int A { get; }

    public int B { get; }

    public int C { get; }

    /// <summary>A span of more elements is long enough for A, and the sweeps can be run; none is longer when there are no sweeps.</summary>
    public int LastA { get; }

    /// <summary>The same for B.</summary>
    public int LastB { get; }

    /// <summary>The same for C.</summary>
    public int LastC { get; }

    /// <summary>Refuses in this order: negative sizes, shapes that disagree, a C that aliases itself, matrices that no span can hold.</summary>
    public static PlanLengths Check(MatrixShape a, MatrixShape b, MatrixShape c)
    {
        NotNegative(nameof(a), a);
        NotNegative(nameof(b), b);
        NotNegative(nameof(c), c);
        Agree(a.Columns == b.Rows, nameof(a), a, nameof(b), b);
        Agree(a.Rows == c.Rows, nameof(a), a, nameof(c), c);
        Agree(b.Columns == c.Columns, nameof(b), b, nameof(c), c);
        if (MatrixLayout.AliasesItself(c.Rows, c.Columns, c.RowStride, c.ColumnStride))
        {
            ThrowHelper.AliasesItself("GemmPlan", nameof(c), c.Rows, c.Columns, c.RowStride, c.ColumnStride);
        }

        return new(Length(a), Length(b), Length(c), hasShortcut: true);
    }

    public static GemmArguments<T> Arguments<T>(T alpha, MatrixShape a, MatrixShape b, T beta, MatrixShape c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new()
        {
            M = c.Rows,
            N = c.Columns,
            K = a.Columns,
            Alpha = alpha,
            ARow = a.RowStride,
            AColumn = a.ColumnStride,
            BRow = b.RowStride,
            BColumn = b.ColumnStride,
            Beta = beta,
            CRow = c.RowStride,
            CColumn = c.ColumnStride,
        };

    public PlanLengths WithoutShortcut() => new(A, B, C, hasShortcut: false);

    /// <summary>Refuses a span that is shorter than its matrix.</summary>
    public static void Demand(int required, int available, string name)
    {
        if (available < required)
        {
            ThrowHelper.OperandTooShort("Multiply", name, required, available);
        }
    }

    private static void NotNegative(string name, MatrixShape shape)
    {
        NotNegative($"{name}.{nameof(shape.Rows)}", shape.Rows);
        NotNegative($"{name}.{nameof(shape.Columns)}", shape.Columns);
        NotNegative($"{name}.{nameof(shape.RowStride)}", shape.RowStride);
        NotNegative($"{name}.{nameof(shape.ColumnStride)}", shape.ColumnStride);
    }

    private static void NotNegative(string name, int value)
    {
        if (value < 0)
        {
            ThrowHelper.NegativeSize(name, value);
        }
    }

    private static void Agree(bool agree, string left, MatrixShape first, string right, MatrixShape second)
    {
        if (!agree)
        {
            ThrowHelper.ShapesDisagree("GemmPlan", left, first.Rows, first.Columns, right, second.Rows, second.Columns);
        }
    }

    private static int Length(MatrixShape shape)
    {
        long required = MatrixLayout.RequiredLength(shape.Rows, shape.Columns, shape.RowStride, shape.ColumnStride);
        if (required > int.MaxValue)
        {
            ThrowHelper.StorageTooShort(shape.Rows, shape.Columns, shape.RowStride, shape.ColumnStride, required, int.MaxValue);
        }

        return (int)required;
    }
}
