namespace FastSensing.Testing.Matrices;

/// <summary>The two strides of a layout.</summary>
internal static class Strides
{
    /// <summary>Row and column stride of a rows x columns matrix.</summary>
    public static (int Row, int Column) Of(Layout layout, int rows, int columns) => layout switch
    {
        Layout.Dense or Layout.OffsetByOne => (columns, 1),
        Layout.Padded => (columns + 3, 1),
        Layout.Transposed => (1, rows),
        Layout.TransposedPadded => (1, rows + 5),
        Layout.Strided => ((2 * columns) + 3, 2),
        Layout.TransposedStrided => (3, (3 * rows) + 2),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, null),
    };
}
