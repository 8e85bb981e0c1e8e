using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.Cli.Benchmarking.Limits;

/// <summary>The limit of one core that a routine is measured against, timed in the same rounds as the routine.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed unsafe class CoreLimit<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FmaIterations = 20_000;

    // No shorter than what a read has to be to be measured, no longer than what is beyond every cache.
    private const long Shortest = 1 << 12;
    private const long Longest = 1 << 24;
    private const long Multiple = 1 << 10;

    private readonly AlignedBuffer<T>? _stream;
    private long _flops;

    /// <summary>The limit for a kind of routine.</summary>
    /// <param name="kind">What bounds it.</param>
    /// <param name="elementsRead">How much it reads: the limit reads from the same level of the caches.</param>
    public CoreLimit(LimitKind kind, long elementsRead)
    {
        if (kind == LimitKind.StreamRead)
        {
            long length = Math.Clamp(elementsRead, Shortest, Longest) / Multiple * Multiple;
            _stream = TestData.Random<T>((int)length, 1);
        }
    }

    /// <summary>Work of one call: flops, or bytes.</summary>
    public double Work => _stream is null ? _flops : (double)_stream.Length * Unsafe.SizeOf<T>();

    /// <summary>Makes calls.</summary>
    /// <param name="repeats">How many.</param>
    public void Run(int repeats)
    {
        for (int i = 0; i < repeats; i++)
        {
            if (_stream is null)
            {
                RegisterFmaLimit<T>.Run(FmaIterations, out _flops);
            }
            else
            {
                StreamReadLimit<T>.Run(_stream.Pointer, _stream.Length);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();
}
