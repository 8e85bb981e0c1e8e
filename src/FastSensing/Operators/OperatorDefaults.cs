using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// The losses and gradients of any operator in terms of Forward, Adjoint and AdjointProducts: the fallback of operators
/// without a fused form, and the oracle of those that have one.
/// </summary>
internal static class OperatorDefaults
{
    public static T LossAndGradient<T>(
        IMeasurementOperator<T> op,
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OperatorShapes.RequireLossAndGradient(op, at, measurements, residual, gradientLeft, gradientRight, scratch);
        T squared = Residual(op, at, measurements, residual, scratch);
        op.AdjointProducts(residual, at, gradientLeft, gradientRight, scratch);
        return T.CreateTruncating(0.5) * squared;
    }

    public static T LossAndMatrixGradient<T>(
        IMeasurementOperator<T> op,
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> x,
        Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OperatorShapes.RequireLossAndMatrixGradient(op, at, measurements, residual, x, scratch);
        T squared = Residual(op, at, measurements, residual, scratch);
        op.Adjoint(residual, x, scratch);
        return T.CreateTruncating(0.5) * squared;
    }

    public static T SymmetricLossAndGradient<T>(
        IMeasurementOperator<T> op,
        ReadOnlyMatrixSpan<T> factor,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradient,
        Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OperatorShapes.RequireSymmetric(op, factor, measurements, residual, gradient, scratch);
        Scratch<T> pieces = new(scratch);
        MatrixSpan<T> other = pieces.TakeMatrix(factor.Rows, factor.Columns);
        FactorPair<T> at = new(factor, factor);
        T squared = Residual(op, at, measurements, residual, pieces.Rest);
        op.AdjointProducts(residual, at, gradient, other, pieces.Rest);
        T half = T.CreateTruncating(0.5);
        for (int i = 0; i < factor.Rows; i++)
        {
            for (int j = 0; j < factor.Columns; j++)
            {
                gradient[i, j] = half * (gradient[i, j] + other[i, j]);
            }
        }

        return T.CreateTruncating(0.25) * squared;
    }

    private static T Residual<T>(
        IMeasurementOperator<T> op, in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        op.Forward(at, residual, scratch);
        T squared = T.Zero;
        for (int i = 0; i < residual.Length; i++)
        {
            residual[i] -= measurements[i];
            squared += residual[i] * residual[i];
        }

        return squared;
    }
}
