namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores in single precision.</summary>
public class EntrySensingKernelSingleContract : EntrySensingKernelContract<float>;
