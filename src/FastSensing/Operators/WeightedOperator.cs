using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// y_i = w_i &lt;A_i, X&gt;: another operator with a weight on each measurement. Noise of unequal size becomes equal with
/// w_i = 1 / sigma_i, on y as well; a weight of 0 leaves a measurement out.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Cost: that of the other operator and 2 m flops; loss and gradient are a forward and an adjoint of it, as weights
/// come in between. Where its matrices are stored, and to be used often, it is faster to store weighted ones.</para>
/// <para>Construction asks the other operator for each of its matrices once. Sharable by threads as the other one is; it
/// neither copies nor disposes it.</para>
/// </remarks>
public sealed class WeightedOperator<T> : IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _inner;
    private readonly T[] _weights;
    private readonly (T General, T Symmetric) _scale;

    /// <summary>Puts weights on an operator.</summary>
    /// <param name="inner">The operator of the A_i.</param>
    /// <param name="weights">w, length m, finite; copied.</param>
    /// <exception cref="ArgumentException">Another number of weights, or one that is not finite.</exception>
    public WeightedOperator(IMeasurementOperator<T> inner, ReadOnlySpan<T> weights)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (weights.Length != inner.MeasurementCount)
        {
            throw new ArgumentException(
                $"There are {weights.Length} weights and {inner.MeasurementCount} measurements; they must agree.", nameof(weights));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!T.IsFinite(weights[i]))
            {
                throw new ArgumentException($"Weight {i} is {weights[i]}; it must be finite.", nameof(weights));
            }
        }

        _inner = inner;
        _weights = weights.ToArray();
        _scale = WeightedScale.Of(inner, weights);
    }

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public int Columns => _inner.Columns;

    /// <inheritdoc/>
    public int MeasurementCount => _weights.Length;

    /// <inheritdoc/>
    public IBlas<T> Blas => _inner.Blas;

    /// <inheritdoc/>
    public T ScaleFor(MatrixStructure structure)
    {
        if (structure == MatrixStructure.General)
        {
            return _scale.General;
        }

        OperatorShapes.RequireSquare(this, nameof(ScaleFor));
        return _scale.Symmetric;
    }

    /// <inheritdoc/>
    public int ScratchLength(int width) => OperatorShapes.RequireStorable(
        this, width, (long)Scratch<T>.LengthOf(Rows, width) + Scratch<T>.LengthOf(MeasurementCount) + _inner.ScratchLength(width));

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        _inner.Forward(at, y, scratch);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] *= _weights[i];
        }
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        Scratch<T> pieces = new(scratch);
        _inner.Adjoint(Weighted(z, ref pieces), x, pieces.Rest);
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        Scratch<T> pieces = new(scratch);
        _inner.AdjointProducts(Weighted(z, ref pieces), at, productLeft, productRight, pieces.Rest);
    }

    /// <inheritdoc/>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        T[] weights = new T[measurements.Length];
        IMeasurementOperator<T> selected = _inner.Select(measurements);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = _weights[measurements[i]];
        }

        return new WeightedOperator<T>(selected, weights);
    }

    private Span<T> Weighted(ReadOnlySpan<T> z, ref Scratch<T> pieces)
    {
        Span<T> weighted = pieces.Take(z.Length);
        for (int i = 0; i < z.Length; i++)
        {
            weighted[i] = _weights[i] * z[i];
        }

        return weighted;
    }
}
