namespace FastSensing.Tests.Solvers;

public sealed class DoubleCheckpointTests : CheckpointContract<double>;
