namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The dense sensing cores in double precision.</summary>
public class DenseSensingKernelDoubleContract : DenseSensingKernelContract<double>;
