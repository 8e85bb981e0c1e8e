namespace FastSensing.IO;

/// <summary>How the members of an npz file are packed.</summary>
public enum NpzCompression
{
    /// <summary>As they are, like numpy.savez.</summary>
    Stored,

    /// <summary>Deflate, like numpy.savez_compressed. Measurements hardly shrink.</summary>
    Deflated,
}
