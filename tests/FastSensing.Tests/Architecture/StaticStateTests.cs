using System.Reflection;
using System.Runtime.CompilerServices;
using FastSensing.Kernels;
using FastSensing.Native;
using FastSensing.Operators;

namespace FastSensing.Tests.Architecture;

/// <summary>The libraries keep no static state: nothing that one caller does is seen by another.</summary>
public class StaticStateTests
{
    private static int _mutable = 1;

    public static TheoryData<Type> Libraries => [typeof(IBlas<>), typeof(IMeasurementOperator<>), typeof(NativeBlas<>)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Fields_OfALibrary_AreStaticOnlyWhenImmutable(Type memberOfLibrary) =>
        Violations.None(memberOfLibrary.Assembly.GetTypes().SelectMany(MutableStatics));

    [Fact]
    public void MutableStatics_OfThisClass_AreFound()
    {
        _mutable++;
        Assert.Equal([$"{nameof(StaticStateTests)}.{nameof(_mutable)}"], MutableStatics(typeof(StaticStateTests)));
    }

    // Lambda caches of the compiler are static fields too; their names and types begin with '<'.
    private static IEnumerable<string> MutableStatics(Type type) =>
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && !IsGenerated(field)
        where !field.IsInitOnly || (field.FieldType.IsArray && !field.IsPrivate)
        select $"{type.Name}.{field.Name}";

    private static bool IsGenerated(FieldInfo field) =>
        field.Name.StartsWith('<') || field.DeclaringType!.Name.StartsWith('<')
        || field.DeclaringType.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
