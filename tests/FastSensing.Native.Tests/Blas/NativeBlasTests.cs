using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Contracts;
using FastSensing.Testing.Skipping;

namespace FastSensing.Native.Tests.Blas;

/// <summary>
/// The contract on the real libraries. A rule that a library is listed to break must be broken: the table is neither too
/// short nor too long.
/// </summary>
public abstract class NativeBlasTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Rules => [.. BlasRules<T>.Names];

    [NativeBlasTheory("openblas")]
    [MemberData(nameof(Rules))]
    public void OpenBlas_Rule_IsKept(string rule) => Check("openblas", rule);

    [NativeBlasTheory("blis")]
    [MemberData(nameof(Rules))]
    public void Blis_Rule_IsKept(string rule) => Check("blis", rule);

    [NativeBlasTheory("mkl")]
    [MemberData(nameof(Rules))]
    public void Mkl_Rule_IsKept(string rule) => Check("mkl", rule);

    private static void Check(string backEnd, string rule)
    {
        NativeBlasLibrary library = NativeBlasLibrary.Load(backEnd);
        IBlas<T> blas = new NativeBlas<T>(library, new BufferPool<T>(1));
        if (NativeDeviations.Table.Contains((library.Kind, rule)))
        {
            Assert.ThrowsAny<Exception>(() => BlasRules<T>.Check(rule, blas));
        }
        else
        {
            BlasRules<T>.Check(rule, blas);
        }
    }
}

public sealed class NativeBlasDoubleTests : NativeBlasTests<double>;

public sealed class NativeBlasSingleTests : NativeBlasTests<float>;
