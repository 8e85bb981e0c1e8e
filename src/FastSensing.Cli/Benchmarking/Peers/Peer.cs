using System.Numerics;
using FastSensing.Kernels;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>A back end to measure against.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="Description">What it is.</param>
/// <param name="Blas">Its routines.</param>
internal sealed record Peer<T>(PeerDescription Description, IBlas<T> Blas)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
