using System.Numerics;
using FastSensing.Testing.Contracts;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>The contract when every call is shared among threads.</summary>
public abstract class EagerBlasTests<T> : BlasContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override IBlas<T> Create() => EagerBlas.Create<T>(threads: 3);
}

public sealed class EagerBlasDoubleTests : EagerBlasTests<double>;

public sealed class EagerBlasSingleTests : EagerBlasTests<float>;
