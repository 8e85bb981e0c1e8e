using System.Numerics;
using System.Reflection;
using FastSensing.Kernels;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>
/// The contract of <see cref="IBlas{T}"/> as one theory: a row per rule. An implementation is put under it by a subclass
/// that says how to create it; a new rule is a new public method of a rules class.
/// </summary>
public abstract class BlasContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, MethodInfo> RuleMethods = FindRules(
        typeof(GemmRules<T>), typeof(GemvRules<T>), typeof(SyrkRules<T>), typeof(TrsmRules<T>), typeof(PotrfRules<T>), typeof(RandomShapeRules<T>));

    /// <summary>The names of all rules.</summary>
    public static TheoryData<string> Rules => [.. RuleMethods.Keys];

    /// <summary>One rule, on a new instance of the implementation.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Blas_Rule_IsKept(string rule) =>
        RuleMethods[rule].Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Create()], null);

    /// <summary>The implementation under test.</summary>
    protected abstract IBlas<T> Create();

    private static Dictionary<string, MethodInfo> FindRules(params Type[] classes)
    {
        var rules = new Dictionary<string, MethodInfo>();
        foreach (Type type in classes)
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            {
                rules.Add(method.Name, method);
            }
        }

        return rules;
    }
}
