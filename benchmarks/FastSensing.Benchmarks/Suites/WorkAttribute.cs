namespace FastSensing.Benchmarks.Suites;

/// <summary>The work of one call of a benchmark with parameter N: coefficient N^power, in the numerator of its unit.</summary>
/// <param name="coefficient">Flops or bytes per N^power.</param>
/// <param name="power">The power of N.</param>
/// <param name="unit">GFLOP/s or GB/s.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WorkAttribute(double coefficient, int power, string unit) : Attribute
{
    /// <summary>GFLOP/s or GB/s.</summary>
    public string Unit => unit;

    /// <summary>Flops or bytes of one call.</summary>
    public double Of(int n) => coefficient * Math.Pow(n, power);
}
