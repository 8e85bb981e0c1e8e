using System.Numerics;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// A residual some of whose elements are gross outliers: its median, the slope of a robust loss at it, and how far that
/// loss is above its least value.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Cost: a sort of m numbers. Allocation: at construction only.</remarks>
internal sealed class RobustResidual<T>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Medians up to which a number counts as no outlier: two standard deviations of normal numbers.</summary>
    private const double InlierMedians = 3;

    private readonly T[] _values = new T[count];
    private readonly T[] _sorted = new T[count];

    /// <summary>The slopes of the loss after <see cref="Slope"/>; m numbers of room before it.</summary>
    public Span<T> Values => _values;

    /// <summary>median |x_i|.</summary>
    public T Median(ReadOnlySpan<T> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            _sorted[i] = T.Abs(x[i]);
        }

        _sorted.AsSpan().Sort();
        return _sorted[_sorted.Length / 2];
    }

    /// <summary>
    /// Values &#8592; the derivatives of the loss by the r_i: sign(r_i), or r_i / delta within -1..1. Returns the loss of what
    /// is no outlier: the outliers' own part, and what they gain and lose as X moves, is about the same at the solution.
    /// </summary>
    public double Slope(RobustLoss loss, ReadOnlySpan<T> residual, T median)
    {
        double delta = loss == RobustLoss.Huber ? 2 * double.CreateTruncating(median) : 0;
        double most = InlierMedians * double.CreateTruncating(median);
        double gap = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double value = double.CreateTruncating(residual[i]);
            double size = Math.Abs(value);
            double part = size >= delta ? size - (delta / 2) : size * size / (2 * delta);
            gap += size <= most ? part : 0;
            _values[i] = T.CreateTruncating(size >= delta ? Math.Sign(value) : value / delta);
        }

        return gap;
    }
}
