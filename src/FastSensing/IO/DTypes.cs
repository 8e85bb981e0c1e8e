using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FastSensing.IO;

/// <summary>What a <see cref="DType"/> means: its name in headers and messages, its size, its .NET type, its conversions.</summary>
internal static class DTypes
{
    /// <summary>The types as a message lists them.</summary>
    public const string Supported = "float32, float64, uint8, int32 and int64";

    public static DType Of<T>()
        where T : unmanaged
    {
        T anything = default;
        return anything switch
        {
            float => DType.Float32,
            double => DType.Float64,
            byte => DType.UInt8,
            int => DType.Int32,
            long => DType.Int64,
            _ => throw new NotSupportedException($"npy arrays hold {Supported}, not {typeof(T).Name}."),
        };
    }

    public static string NameOf(DType type) => type switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.UInt8 => "uint8",
        DType.Int32 => "int32",
        _ => "int64",
    };

    public static string CodeOf(DType type) => type switch
    {
        DType.Float32 => "f4",
        DType.Float64 => "f8",
        DType.UInt8 => "u1",
        DType.Int32 => "i4",
        _ => "i8",
    };

    public static int SizeOf(DType type) => type switch
    {
        DType.UInt8 => 1,
        DType.Float32 or DType.Int32 => 4,
        _ => 8,
    };

    public static bool IsFloatingPoint(DType type) => type is DType.Float32 or DType.Float64;

    public static bool TryParseCode(ReadOnlySpan<char> code, out DType type)
    {
        (type, bool known) = code switch
        {
            "f4" => (DType.Float32, true),
            "f8" => (DType.Float64, true),
            "u1" => (DType.UInt8, true),
            "i4" => (DType.Int32, true),
            "i8" => (DType.Int64, true),
            _ => (default, false),
        };
        return known;
    }

    /// <summary>Reverses the bytes of every element, in place.</summary>
    public static void ReverseBytes(Span<byte> elements, int elementSize)
    {
        if (elementSize == 4)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(elements);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (elementSize == 8)
        {
            Span<long> words = MemoryMarshal.Cast<byte, long>(elements);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    /// <summary>Converts elements of host byte order; an integer that T cannot hold throws <see cref="OverflowException"/>.</summary>
    public static void Convert<T>(ReadOnlySpan<byte> elements, DType type, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        switch (type)
        {
            case DType.Float32:
                Round(MemoryMarshal.Cast<byte, float>(elements), destination);
                break;
            case DType.Float64:
                Round(MemoryMarshal.Cast<byte, double>(elements), destination);
                break;
            case DType.UInt8:
                Check(elements, destination);
                break;
            case DType.Int32:
                Check(MemoryMarshal.Cast<byte, int>(elements), destination);
                break;
            default:
                Check(MemoryMarshal.Cast<byte, long>(elements), destination);
                break;
        }
    }

    private static void Round<TSource, T>(ReadOnlySpan<TSource> source, Span<T> destination)
        where TSource : unmanaged, INumber<TSource>
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(source[i]);
        }
    }

    private static void Check<TSource, T>(ReadOnlySpan<TSource> source, Span<T> destination)
        where TSource : unmanaged, INumber<TSource>
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateChecked(source[i]);
        }
    }
}
