namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The dense sensing cores in single precision.</summary>
public class DenseSensingKernelSingleContract : DenseSensingKernelContract<float>;
