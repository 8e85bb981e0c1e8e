using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace FastSensing.Tests.Architecture;

/// <summary>Writes down what a user of an assembly can name: a line per public type and member, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The lines of one assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsByRefLike: true } => "ref struct",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<Type> bases = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object)
            ? type.GetInterfaces().Prepend(parent)
            : type.GetInterfaces();
        string names = string.Join(", ", bases.Where(b => !type.IsEnum && kind != "delegate" && b.IsPublic).Select(Name).Order(StringComparer.Ordinal));
        return $"{kind} {type.Namespace}.{Name(type)}{(names.Length > 0 ? " : " + names : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        return type.GetConstructors(Declared).Where(IsVisible).Select(c => $"new({Parameters(c)})")
            .Concat(type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => $"{Static(f.IsStatic)}{Name(f.FieldType)} {f.Name}"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible)).Select(Property))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && IsWritten(m)).Select(Method));
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetAccessors(true)[0];
        string index = property.GetIndexParameters().Length > 0 ? $"[{Parameters(property.GetGetMethod(true)!)}]" : "";
        string accessors = string.Join(' ', property.GetAccessors(true).Where(IsVisible).Select(a => a.Name[..3] + ";"));
        return $"{Static(any.IsStatic)}{Name(property.PropertyType)} {property.Name}{index} {{ {accessors} }}";
    }

    private static string Method(MethodInfo method)
    {
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p =>
            $"{Passing(p)}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = " + (p.RawDefaultValue ?? "default") : "")}"));

    private static string Passing(ParameterInfo parameter) =>
        !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : type.IsPointer ? "*" : "");
        }

        string nested = type.IsNested && !type.IsGenericParameter ? Name(type.DeclaringType!) + "." : "";
        string name = nested + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Not the accessors of properties, and not what the compiler adds to a record.
    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !method.Name.StartsWith('<');
}
