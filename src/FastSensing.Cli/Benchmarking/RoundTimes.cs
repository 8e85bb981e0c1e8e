namespace FastSensing.Cli.Benchmarking;

/// <summary>What <see cref="Rounds"/> measured.</summary>
/// <param name="Seconds">Seconds per call, [rival][round].</param>
/// <param name="Spoiled">Rounds among them during which another process had the core for a while: no undisturbed ones were to be had.</param>
internal sealed record RoundTimes(double[][] Seconds, int Spoiled)
{
    /// <summary>One value per round, from the seconds of two rivals.</summary>
    public Sample Of(int first, int second, Func<double, double, double> value) => new(Seconds[first].Zip(Seconds[second], value));

    /// <summary>The seconds of one rival.</summary>
    public Sample Of(int rival) => new(Seconds[rival]);
}
