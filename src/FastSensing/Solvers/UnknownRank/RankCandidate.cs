using System.Numerics;
using FastSensing.Solvers.EarlyStopping;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>One rank that was tried, with the step size that suited it, how its run ended, and the iterate that predicted the held-out measurements best.</summary>
internal sealed record RankCandidate<T>(int Rank, double Step, SolveStatus Status, HoldOutObserver<T> Watch)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
