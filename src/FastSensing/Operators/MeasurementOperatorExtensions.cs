using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>What any operator can do in terms of its own members.</summary>
public static class MeasurementOperatorExtensions
{
    /// <summary>y = A(X) for a matrix that is given by its elements.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="op">The measurement operator A.</param>
    /// <param name="x">X, n1 x n2, finite.</param>
    /// <returns>y, length m.</returns>
    /// <exception cref="ArgumentException">X has another shape, or one too large for a pair of factors.</exception>
    /// <remarks>
    /// Allocates the result, a unit matrix and scratch: X is passed on as the factors X and I, of width min(n1, n2). A
    /// set-up call; where X is known by thin factors, <see cref="IMeasurementOperator{T}.Forward"/> costs far less.
    /// </remarks>
    public static T[] Measure<T>(this IMeasurementOperator<T> op, ReadOnlyMatrixSpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(op);
        OperatorShapes.RequireMatrix(op, nameof(Measure), x);
        using WholeMatrix<T> whole = new(op);
        using AlignedBuffer<T> scratch = new(op.ScratchLength(whole.Width));
        T[] y = new T[op.MeasurementCount];
        op.Forward(whole.Of(x), y, scratch.Span);
        return y;
    }
}
