namespace FastSensing.Tests.Solvers;

public sealed class SingleRobustnessTests : RobustnessContract<float>;
