namespace FastSensing.Tests.Solvers;

public sealed class SingleMethodTests : MethodContract<float>;
