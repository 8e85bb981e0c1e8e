namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>How wide the instructions of a set of kernels are.</summary>
internal enum KernelLevel
{
    /// <summary>A name that we do not know.</summary>
    Unknown,

    /// <summary>No SIMD.</summary>
    Scalar,

    /// <summary>Anything before fused multiply-adds on 256 bits.</summary>
    Older,

    /// <summary>AVX2 with FMA.</summary>
    Avx2,

    /// <summary>AVX-512.</summary>
    Avx512,
}
