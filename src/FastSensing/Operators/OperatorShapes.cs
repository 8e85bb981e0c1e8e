using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>The checks at the public edge of every operator: all of a call's shapes, and that outputs share no memory, before anything is written.</summary>
internal static class OperatorShapes
{
    public static void RequireSize(int rows, int columns, int measurementCount)
    {
        if (rows < 1 || columns < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"An operator for {rows} x {columns} matrices: both sizes must be at least 1.");
        }

        if (measurementCount < 0)
        {
            ThrowHelper.NegativeSize(nameof(measurementCount), measurementCount);
        }
    }

    /// <summary>For operators that hold X, or vec(X), in one span.</summary>
    public static void RequireStorable(int rows, int columns)
    {
        if ((long)rows * columns > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), $"A {rows} x {columns} matrix has more than {Array.MaxLength} elements.");
        }
    }

    /// <summary>A number of elements that a span can hold; refuses more, with the shapes that need them.</summary>
    public static int RequireStorable<T>(IMeasurementOperator<T> op, int width, long elements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => elements <= Array.MaxLength
        ? (int)elements
        : throw new ArgumentException(
            $"Factors of width {width} for {op.Rows} x {op.Columns} matrices need {elements} elements in one piece; at most {Array.MaxLength} are possible.",
            nameof(width));

    public static void RequireMatrix<T>(IMeasurementOperator<T> op, string routine, ReadOnlyMatrixSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => RequireShape(routine, "X", x, op.Rows, op.Columns);

    public static void RequireForward<T>(IMeasurementOperator<T> op, in FactorPair<T> at, Span<T> y, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.Forward);
        RequireFactors(op, Routine, at);
        RequireMeasurements(op, Routine, nameof(y), y.Length);
        new OperatorCall<T> { At = at, Output = y, Scratch = scratch }.RequireApart(Routine);
    }

    public static void RequireAdjoint<T>(IMeasurementOperator<T> op, ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.Adjoint);
        RequireMeasurements(op, Routine, nameof(z), z.Length);
        RequireMatrix<T>(op, Routine, x);
        new OperatorCall<T> { Input = z, Left = x, Scratch = scratch }.RequireApart(Routine);
    }

    public static void RequireAdjointProducts<T>(
        IMeasurementOperator<T> op, in FactorPair<T> at, ReadOnlySpan<T> z, MatrixSpan<T> left, MatrixSpan<T> right, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.AdjointProducts);
        RequireMeasurements(op, Routine, nameof(z), z.Length);
        RequireProducts<T>(op, Routine, at, left, right);
        new OperatorCall<T> { At = at, Input = z, Left = left, Right = right, Scratch = scratch }.RequireApart(Routine);
    }

    public static void RequireLossAndGradient<T>(
        IMeasurementOperator<T> op,
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> left,
        MatrixSpan<T> right,
        Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.LossAndGradient);
        RequireProducts<T>(op, Routine, at, left, right);
        RequireMeasurements(op, Routine, nameof(measurements), measurements.Length);
        RequireMeasurements(op, Routine, nameof(residual), residual.Length);
        new OperatorCall<T> { At = at, Input = measurements, Output = residual, Left = left, Right = right, Scratch = scratch }
            .RequireApart(Routine);
    }

    public static void RequireLossAndMatrixGradient<T>(
        IMeasurementOperator<T> op, in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.LossAndMatrixGradient);
        RequireFactors(op, Routine, at);
        RequireMatrix<T>(op, Routine, x);
        RequireMeasurements(op, Routine, nameof(measurements), measurements.Length);
        RequireMeasurements(op, Routine, nameof(residual), residual.Length);
        new OperatorCall<T> { At = at, Input = measurements, Output = residual, Left = x, Scratch = scratch }.RequireApart(Routine);
    }

    public static void RequireSymmetric<T>(
        IMeasurementOperator<T> op,
        ReadOnlyMatrixSpan<T> factor,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradient,
        Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = nameof(op.SymmetricLossAndGradient);
        RequireSquare(op, Routine);
        FactorPair<T> at = new(factor, factor);
        RequireProducts<T>(op, Routine, at, gradient, gradient);
        RequireMeasurements(op, Routine, nameof(measurements), measurements.Length);
        RequireMeasurements(op, Routine, nameof(residual), residual.Length);
        new OperatorCall<T> { At = at, Input = measurements, Output = residual, Left = gradient, Scratch = scratch }.RequireApart(Routine);
    }

    public static void RequireSquare<T>(IMeasurementOperator<T> op, string routine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (op.Rows != op.Columns)
        {
            ThrowHelper.NotSquare(routine, "X", op.Rows, op.Columns);
        }
    }

    /// <summary>A hold-out's indices: each in 0..count-1, and at most once.</summary>
    public static void RequireSelection(ReadOnlySpan<int> measurements, int count)
    {
        bool[] seen = new bool[count];
        foreach (int i in measurements)
        {
            if ((uint)i >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(nameof(measurements), $"Measurement {i} is selected of {count}.");
            }

            if (seen[i])
            {
                throw new ArgumentException($"Measurement {i} is selected twice.", nameof(measurements));
            }

            seen[i] = true;
        }
    }

    /// <summary>The stored measurements that a selection of an operator means, which may be a selection itself.</summary>
    public static int[] Compose(int[]? selection, ReadOnlySpan<int> measurements)
    {
        int[] composed = measurements.ToArray();
        for (int i = 0; selection is not null && i < composed.Length; i++)
        {
            composed[i] = selection[composed[i]];
        }

        return composed;
    }

    private static void RequireFactors<T>(IMeasurementOperator<T> op, string routine, in FactorPair<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireShape(routine, "L", at.Left, op.Rows, at.Left.Columns);
        RequireShape(routine, "R", at.Right, op.Columns, at.Left.Columns);
        if (at.Width < 1)
        {
            throw new ArgumentException($"{routine}: L is {at.Left.Rows} x 0; the factor width must be at least 1.", nameof(at));
        }
    }

    /// <summary>The factors as well as the two thin outputs of their shapes.</summary>
    private static void RequireProducts<T>(
        IMeasurementOperator<T> op, string routine, in FactorPair<T> at, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireFactors(op, routine, at);
        RequireShape(routine, "the output for L", left, op.Rows, at.Width);
        RequireShape(routine, "the output for R", right, op.Columns, at.Width);
    }

    private static void RequireMeasurements<T>(IMeasurementOperator<T> op, string routine, string name, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (length != op.MeasurementCount)
        {
            ThrowHelper.LengthsDisagree(routine, "the list of measurements", op.MeasurementCount, name, length);
        }
    }

    private static void RequireShape<T>(string routine, string name, ReadOnlyMatrixSpan<T> view, int rows, int columns)
        where T : unmanaged
    {
        if (view.Rows != rows || view.Columns != columns)
        {
            ThrowHelper.ShapesDisagree(routine, "what is needed", rows, columns, name, view.Rows, view.Columns);
        }
    }
}
