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
    private int _iteration = -1;

    /// <summary>Takes the memory.</summary>
    /// <param name="width">Width k of the factors.</param>
    public DampingShareObserver(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _gram = new GramSpectrum(width);
        (_left, _right, _leftShares, _rightShares) = (new double[width], new double[width], new double[width], new double[width]);
    }

    /// <summary>By singular value of L, the largest first: what the steps of R were damped by. 0 where lambda is 0, at the initial point, and at any iterate whose
    /// predecessor was not seen, as the first one of a resumed run.</summary>
    public ReadOnlySpan<double> LeftShares => _leftShares;

    /// <summary>By singular value of R: what the steps of L were damped by.</summary>
    public ReadOnlySpan<double> RightShares => _rightShares;

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        // The step that led here was damped with the factors before it.
        bool known = info.Progress.Iteration > 0 && info.Progress.Iteration == _iteration + 1;
        double damping = known ? info.Progress.Damping : 0;
        Fill(_leftShares, _left, damping);
        Fill(_rightShares, _right, damping);
        _iteration = info.Progress.Iteration;
        _gram.OfFactor(info.Left).CopyTo(_left);
        _gram.OfFactor(info.Right).CopyTo(_right);
        return ObserverVerdict.Continue;
    }

    private static void Fill(double[] shares, double[] squares, double damping)
    {
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = damping > 0 ? damping / (Math.Max(0, squares[i]) + damping) : 0;
        }
    }
}
