using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Contracts;
using FastSensing.Testing.Skipping;
using Xunit.Sdk;

namespace FastSensing.Native.Tests.Blas;

/// <summary>
/// The contract on the real libraries. A rule that a library is listed to break always must be broken: the table is
/// neither too short nor too long.
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
        NativeDeviation? listed = NativeDeviations.Table.FirstOrDefault(row =>
            row.Kind == library.Kind && (row.Core ?? library.Core) == library.Core && row.ElementType == typeof(T) && row.Rule == rule);
        switch (listed?.Occurrence)
        {
            case DeviationOccurrence.Always:
                Assert.ThrowsAny<XunitException>(() => BlasRules<T>.Check(rule, blas));
                break;
            case DeviationOccurrence.Sometimes:
                // Not the listed numbers, but still numbers: it may fail as an assertion and in no other way.
                Assert.True(Record.Exception(() => BlasRules<T>.Check(rule, blas)) is null or XunitException);
                break;
            default:
                BlasRules<T>.Check(rule, blas);
                break;
        }
    }

    [Fact]
    public void Table_OfDeviations_NamesRulesThatExist() =>
        Assert.All(NativeDeviations.Table, row => Assert.Contains(row.Rule, BlasRules<T>.Names));
}

public sealed class NativeBlasDoubleTests : NativeBlasTests<double>;

public sealed class NativeBlasSingleTests : NativeBlasTests<float>;
