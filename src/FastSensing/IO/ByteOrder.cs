namespace FastSensing.IO;

/// <summary>The order of the bytes of one element.</summary>
public enum ByteOrder
{
    /// <summary>Least significant byte first, "&lt;" in a header.</summary>
    LittleEndian,

    /// <summary>Most significant byte first, "&gt;" in a header.</summary>
    BigEndian,
}
