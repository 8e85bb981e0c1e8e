namespace FastSensing.Initialization;

/// <summary>What a <see cref="StartingPoint{T}"/> is to be.</summary>
internal readonly record struct StartOptions
{
    public required FactorStart Start { get; init; }

    /// <summary>Random start: entries N(0, InitialScale^2 sigma1 / n).</summary>
    public required double InitialScale { get; init; }

    /// <summary>Random start: the entries of R are this many times as large as those of L.</summary>
    public required double InitialRatio { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>How many singular values of X are to be estimated at least.</summary>
    public required int SingularValues { get; init; }

    public void Validate()
    {
        if (!(double.IsFinite(InitialScale) && InitialScale >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(InitialScale), $"The initial scale is {InitialScale}; it must be finite and not negative.");
        }

        if (!(double.IsFinite(InitialRatio) && InitialRatio >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(InitialRatio), $"The ratio of the initial scales is {InitialRatio}; it must be finite and not negative.");
        }
    }
}
