namespace FastSensing.Tests.Solvers;

public sealed class SingleCheckpointTests : CheckpointContract<float>;
