using System.Numerics;
using System.Reflection;
using FastSensing.Kernels;

namespace FastSensing.Testing.Contracts;

/// <summary>The table of all rules of <see cref="IBlas{T}"/>: every public method of the rules classes, by name. A new rule is a new method there.</summary>
public static class BlasRules<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, MethodInfo> Methods = Find(
        typeof(GemmRules<T>), typeof(GemmBothSidesRules<T>), typeof(GemvRules<T>), typeof(SyrkRules<T>), typeof(TrsmRules<T>), typeof(PotrfRules<T>),
        typeof(PotrfPivotRules<T>), typeof(RandomShapeRules<T>), typeof(SpecialValueRules<T>), typeof(StructureRules<T>));

    /// <summary>The names of all rules.</summary>
    public static IEnumerable<string> Names => Methods.Keys;

    /// <summary>Fails unless <paramref name="blas"/> keeps the rule.</summary>
    public static void Check(string rule, IBlas<T> blas) =>
        Methods[rule].Invoke(null, BindingFlags.DoNotWrapExceptions, null, [blas], null);

    private static Dictionary<string, MethodInfo> Find(params Type[] classes)
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
