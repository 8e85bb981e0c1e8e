using System.Numerics;
using FastSensing.Testing;
using FastSensing.Testing.Contracts;

namespace FastSensing.Kernels.Tests.Blas;

/// <summary>The reference keeps its own contract: this checks the rules.</summary>
public abstract class NaiveBlasTests<T> : BlasContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override IBlas<T> Create() => new NaiveBlas<T>();
}

public sealed class NaiveBlasDoubleTests : NaiveBlasTests<double>;

public sealed class NaiveBlasSingleTests : NaiveBlasTests<float>;
