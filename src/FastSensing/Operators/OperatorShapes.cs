using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>The checks at the public edge of every operator: all of a call's shapes, before anything is written.</summary>
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

    public static void RequireFactors<T>(IMeasurementOperator<T> op, string routine, in FactorPair<T> at)
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
    public static void RequireProducts<T>(
        IMeasurementOperator<T> op, string routine, in FactorPair<T> at, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireFactors(op, routine, at);
        RequireShape(routine, "the output for L", left, op.Rows, at.Width);
        RequireShape(routine, "the output for R", right, op.Columns, at.Width);
    }

    public static void RequireSymmetric<T>(
        IMeasurementOperator<T> op, string routine, ReadOnlyMatrixSpan<T> factor, ReadOnlyMatrixSpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireSquare(op, routine);
        RequireProducts(op, routine, new FactorPair<T>(factor, factor), gradient, gradient);
    }

    public static void RequireSquare<T>(IMeasurementOperator<T> op, string routine)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (op.Rows != op.Columns)
        {
            ThrowHelper.NotSquare(routine, "X", op.Rows, op.Columns);
        }
    }

    public static void RequireMatrix<T>(IMeasurementOperator<T> op, string routine, ReadOnlyMatrixSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => RequireShape(routine, "the output X", x, op.Rows, op.Columns);

    public static void RequireMeasurements<T>(IMeasurementOperator<T> op, string routine, string name, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (length != op.MeasurementCount)
        {
            ThrowHelper.LengthsDisagree(routine, "the list of measurements", op.MeasurementCount, name, length);
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

    private static void RequireShape<T>(string routine, string name, ReadOnlyMatrixSpan<T> view, int rows, int columns)
        where T : unmanaged
    {
        if (view.Rows != rows || view.Columns != columns)
        {
            ThrowHelper.ShapesDisagree(routine, "what is needed", rows, columns, name, view.Rows, view.Columns);
        }
    }
}
