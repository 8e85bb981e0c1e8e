namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores in double precision.</summary>
public class EntrySensingKernelDoubleContract : EntrySensingKernelContract<double>;
