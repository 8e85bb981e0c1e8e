namespace FastSensing.Benchmarks.Suites;

/// <summary>The work of one call of a benchmark with parameter N: coefficient N^3, in the numerator of its unit.</summary>
/// <param name="coefficient">Flops or bytes per N^3.</param>
/// <param name="unit">GFLOP/s or GB/s.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WorkAttribute(double coefficient, string unit) : Attribute
{
    /// <summary>Flops or bytes per N^3.</summary>
    public double Coefficient => coefficient;

    /// <summary>GFLOP/s or GB/s.</summary>
    public string Unit => unit;
}
