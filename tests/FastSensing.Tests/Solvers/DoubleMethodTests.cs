namespace FastSensing.Tests.Solvers;

public sealed class DoubleMethodTests : MethodContract<double>;
