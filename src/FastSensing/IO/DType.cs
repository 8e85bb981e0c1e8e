namespace FastSensing.IO;

/// <summary>The element types that npy files are read and written with.</summary>
public enum DType
{
    /// <summary>32-bit IEEE 754, "f4" in a header.</summary>
    Float32,

    /// <summary>64-bit IEEE 754, "f8".</summary>
    Float64,

    /// <summary>Unsigned 8-bit integer, "u1".</summary>
    UInt8,

    /// <summary>Signed 32-bit integer, "i4".</summary>
    Int32,

    /// <summary>Signed 64-bit integer, "i8".</summary>
    Int64,
}
