namespace FastSensing.Tests.Solvers;

public sealed class DoubleRobustnessTests : RobustnessContract<double>;
