using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Contracts;

namespace FastSensing.Kernels.Tests.Blas;

/// <summary>The contract on the dispatched kernels, from the public edge down.</summary>
public abstract class ManagedBlasTests<T> : BlasContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override IBlas<T> Create() => new ManagedBlas<T>(new BufferPool<T>(1));
}

public sealed class ManagedBlasDoubleTests : ManagedBlasTests<double>;

public sealed class ManagedBlasSingleTests : ManagedBlasTests<float>;
