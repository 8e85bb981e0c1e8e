namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>What a peer says of itself.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Version">Version and build.</param>
/// <param name="Core">The kernels it runs on this CPU.</param>
/// <param name="Threads">Threads it uses.</param>
/// <param name="Lacks">Routines that it does not have, so that ours stand in.</param>
internal sealed record PeerDescription(string Name, string Version, string Core, int Threads, IReadOnlyList<string> Lacks);
