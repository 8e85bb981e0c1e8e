using System.Numerics;
using FastSensing.Kernels;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>A back end to measure against.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="Description">What it is.</param>
/// <param name="Blas">Its routines behind our interface.</param>
/// <param name="Bare">Its routines as they are, which are measured where a workload knows how to call them; null to measure those behind our interface.</param>
internal sealed record Peer<T>(PeerDescription Description, IBlas<T> Blas, BareCalls<T>? Bare)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
