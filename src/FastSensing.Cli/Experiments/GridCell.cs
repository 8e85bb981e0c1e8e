using System.Globalization;
using FastSensing.Operators;

namespace FastSensing.Cli.Experiments;

/// <summary>One kind of problem of the grid: X* of n x n, or n x floor(3 n / 4), from m = c degrees of freedom of measurements.</summary>
internal sealed record GridCell
{
    /// <summary>Measurements are few when they are at most this share of the unknowns.</summary>
    private const double LargestShare = 0.6;

    public required int Size { get; init; }

    public required MatrixStructure Structure { get; init; }

    public required int Rank { get; init; }

    public required double Condition { get; init; }

    /// <summary>c = m over the degrees of freedom.</summary>
    public required double Oversampling { get; init; }

    /// <summary>||A(X*)|| over the norm of the noise; infinite without noise.</summary>
    public double SignalToNoise { get; init; } = double.PositiveInfinity;

    public int Columns => Structure == MatrixStructure.Symmetric ? Size : 3 * Size / 4;

    public int Measurements => (int)(Oversampling * Structure.DegreesOfFreedom(Size, Columns, Rank));

    public bool IsNoiseFree => double.IsInfinity(SignalToNoise);

    /// <summary>Whether X has far more unknowns than there are measurements.</summary>
    public bool IsCompressed => Measurements <= LargestShare * Structure.Unknowns(Size, Columns);

    /// <summary>A name without spaces: n60-sym-r3-k10-c2.5-snr100.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"n{Size}-{Shape}-r{Rank}-k{Condition}-c{Oversampling}-{(IsNoiseFree ? "exact" : $"snr{SignalToNoise}")}");

    public string Shape => Structure == MatrixStructure.Symmetric ? "sym" : "rect";
}
