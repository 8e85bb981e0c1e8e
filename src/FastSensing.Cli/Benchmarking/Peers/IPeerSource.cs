using System.Numerics;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>Where peers come from.</summary>
internal interface IPeerSource
{
    /// <summary>Loads a peer.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="routine">What it is to be measured in.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <exception cref="ToolException">It is not there or cannot be used.</exception>
    Peer<T> Load<T>(string name, string routine, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
