using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// The singular values sigma_i of X = L R^T of every iterate, its nuclear norm sum_i sigma_i and its effective rank
/// exp(-sum_i p_i ln p_i), p_i = sigma_i / sum sigma.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Cost: O((n1 + n2) k^2) an iterate, outside the timed step; X is never formed. Allocation: at construction only.
/// Reference: Roy, Vetterli, EUSIPCO 2007, for the effective rank.
/// </remarks>
public sealed class SpectrumObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ProductSvd<T> _svd;
    private readonly double[] _values;

    /// <summary>Takes the memory.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1.</param>
    /// <param name="columns">n2.</param>
    /// <param name="width">Width k of the factors.</param>
    public SpectrumObserver(IBlas<T> blas, int rows, int columns, int width)
    {
        ArgumentNullException.ThrowIfNull(blas);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _svd = new ProductSvd<T>(blas, rows, columns, width);
        _values = new double[width];
    }

    /// <summary>sigma_i of the last iterate seen, descending, as many as the factors have columns.</summary>
    public ReadOnlySpan<double> SingularValues => _values;

    /// <summary>sum_i sigma_i.</summary>
    public double NuclearNorm
    {
        get
        {
            double sum = 0;
            foreach (double value in _values)
            {
                sum += value;
            }

            return sum;
        }
    }

    /// <summary>exp of the entropy of sigma_i / sum sigma: 1 for rank one, r for r equal values; 0 for X = 0.</summary>
    public double EffectiveRank
    {
        get
        {
            double sum = NuclearNorm;
            double entropy = 0;
            foreach (double value in _values)
            {
                entropy -= value > 0 ? value / sum * Math.Log(value / sum) : 0;
            }

            return sum > 0 ? Math.Exp(entropy) : 0;
        }
    }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        _svd.Decompose(info.Left, info.Right);
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = double.CreateTruncating(_svd.Values[i]);
        }

        return ObserverVerdict.Continue;
    }
}
