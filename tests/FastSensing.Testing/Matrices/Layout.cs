namespace FastSensing.Testing.Matrices;

/// <summary>How a test matrix lies in memory; between them the values reach every stride class that a kernel tells apart.</summary>
public enum Layout
{
    /// <summary>By rows, nothing between them.</summary>
    Dense,

    /// <summary>Dense, but the first element lies one element off.</summary>
    OffsetByOne,

    /// <summary>By rows with elements between them that belong to nobody.</summary>
    Padded,

    /// <summary>By columns, nothing between them.</summary>
    Transposed,

    /// <summary>By columns with elements between them that belong to nobody.</summary>
    TransposedPadded,

    /// <summary>By rows, every second element.</summary>
    Strided,

    /// <summary>By columns, every third element.</summary>
    TransposedStrided,
}
