using System.Numerics;
using FastSensing.Kernels;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// The contract of <see cref="IBlas{T}"/> as one theory: a row per rule. An implementation is put under it by a subclass
/// that says how to create it.
/// </summary>
public abstract class BlasContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The names of all rules.</summary>
    public static TheoryData<string> Rules => [.. BlasRules<T>.Names];

    /// <summary>One rule, on a new instance of the implementation.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Blas_Rule_IsKept(string rule)
    {
        IBlas<T> blas = Create();
        using var owned = blas as IDisposable;
        BlasRules<T>.Check(rule, blas);
    }

    /// <summary>The implementation under test.</summary>
    protected abstract IBlas<T> Create();
}
