namespace FastSensing.Native;

/// <summary>The width of the integers in a library's interface.</summary>
public enum BlasIntegerWidth
{
    /// <summary>LP64: 32-bit integers.</summary>
    Int32 = 32,

    /// <summary>ILP64: 64-bit integers.</summary>
    Int64 = 64,
}
