using System.Numerics;
using FastSensing.Decompositions;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// lambda / (sigma_i^2 + lambda) for every singular value sigma_i of the factors: the share of the scaled step that the
/// damping took away in that direction, in the step that led to the iterate. 0 is ScaledGD, 1 no step at all.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// With F = W S Z^T, F^T F (F^T F + lambda I)^-1 = Z diag(1 - share_i) Z^T. Cost: 2 (n1 + n2) k^2 flops an iterate,
/// outside the timed step. Allocation: at construction only.
/// </remarks>
public sealed class DampingShareObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GramSpectrum _gram;
    private readonly double[] _left;
    private readonly double[] _right;
    private readonly double[] _leftShares;
    private readonly double[] _rightShares;

    /// <summary>Takes the memory.</summary>
    /// <param name="width">Width k of the factors.</param>
    public DampingShareObserver(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _gram = new GramSpectrum(width);
        (_left, _right, _leftShares, _rightShares) = (new double[width], new double[width], new double[width], new double[width]);
    }

    /// <summary>By singular value of L, the largest first: what the steps of R were damped by. 0 at the initial point and where lambda is 0.</summary>
    public ReadOnlySpan<double> LeftShares => _leftShares;

    /// <summary>By singular value of R: what the steps of L were damped by.</summary>
    public ReadOnlySpan<double> RightShares => _rightShares;

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        // The step that led here was damped with the factors before it.
        Fill(_leftShares, _left, info.Progress);
        Fill(_rightShares, _right, info.Progress);
        _gram.OfFactor(info.Left).CopyTo(_left);
        _gram.OfFactor(info.Right).CopyTo(_right);
        return ObserverVerdict.Continue;
    }

    private static void Fill(double[] shares, double[] squares, in IterationProgress progress)
    {
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = progress.Iteration > 0 && progress.Damping > 0 ? progress.Damping / (Math.Max(0, squares[i]) + progress.Damping) : 0;
        }
    }
}
