namespace FastSensing.Kernels.Sensing;

/// <summary>
/// What an entry sensing product reads and writes. Thin matrices are row-major with rows of Width elements, a whole
/// number of cache lines; elements beyond the factor's own width are zero.
/// </summary>
internal readonly ref struct EntryArguments<T>
    where T : unmanaged
{
    public required SampledEntries Entries { get; init; }

    public required int Width { get; init; }

    /// <summary>L, rows x Width.</summary>
    public required ReadOnlySpan<T> Left { get; init; }

    /// <summary>R, columns x Width.</summary>
    public required ReadOnlySpan<T> Right { get; init; }

    /// <summary>In: y of the residual, z of the adjoint; a number for each entry, in the order they were given.</summary>
    public ReadOnlySpan<T> Input { get; init; }

    /// <summary>Out: y of the forward product, the residual; a number for each entry, in the order they were given.</summary>
    public Span<T> Output { get; init; }

    /// <summary>Out: P = S R, rows x Width.</summary>
    public Span<T> ProductLeft { get; init; }

    /// <summary>Out: Q = S^T L, columns x Width.</summary>
    public Span<T> ProductRight { get; init; }
}
