using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Sampling;

namespace FastSensing.Cli.Benchmarking;

/// <summary>Numbers to compute with, the same in every run.</summary>
internal static class TestData
{
    /// <summary>Independent N(0, 1) numbers.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="length">How many.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static AlignedBuffer<T> Random<T>(int length, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AlignedBuffer<T> buffer = new(length);
        new NormalGenerator(seed).Normals(0, buffer.Span);
        return buffer;
    }
}
