namespace FastSensing.Kernels.Memory;

/// <summary>How much a <see cref="BufferPool{T}"/> checks; a constructor argument, so that it works in release builds.</summary>
public enum PoolChecks
{
    /// <summary>Nothing beyond what is free.</summary>
    None,

    /// <summary>NaN poison on return, and exceptions for double return, use after return and writes after return.</summary>
    Full,
}
