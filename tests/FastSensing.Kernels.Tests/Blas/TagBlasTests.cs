using System.Numerics;
using FastSensing.Testing.Contracts;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Blas;

/// <summary>The contract on the kernels of every tag that this machine can run, forced by type.</summary>
public abstract class TagBlasTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, string> TagsAndRules
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string tag in TagTable.Available)
            {
                foreach (string rule in BlasRules<T>.Names)
                {
                    rows.Add(tag, rule);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(TagsAndRules))]
    public void Kernels_TagAndRule_IsKept(string tag, string rule) => BlasRules<T>.Check(rule, TagBlas.Create<T>(tag));
}

public sealed class TagBlasDoubleTests : TagBlasTests<double>;

public sealed class TagBlasSingleTests : TagBlasTests<float>;
