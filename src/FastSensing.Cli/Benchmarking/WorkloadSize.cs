namespace FastSensing.Cli.Benchmarking;

/// <summary>The size of one row.</summary>
/// <param name="Shape">What n and r stand for.</param>
/// <param name="N">n.</param>
/// <param name="Rank">r; 0 where the shape has none.</param>
/// <param name="Caches">Where operands are before a call.</param>
internal readonly record struct WorkloadSize(BenchShape Shape, int N, int Rank, CacheState Caches = CacheState.Warm);
