using System.Buffers.Binary;

namespace FastSensing.Cli.Report;

/// <summary>
/// A matrix as a grey picture: an 8-bit BMP in a data URI, which every browser shows. 0 is black and 1 is white, what
/// lies outside is clipped; NaN is the colour of a pixel that nobody measured.
/// </summary>
internal static class GrayImage
{
    private const int HeaderLength = 54;
    private const int Colors = 256;
    private const byte Unknown = 255; // The brightest grey is given up for it.

    public static string DataUri(ReadOnlySpan<double> pixels, int rows, int columns) =>
        "data:image/bmp;base64," + Convert.ToBase64String(Encode(pixels, rows, columns));

    public static byte[] Encode(ReadOnlySpan<double> pixels, int rows, int columns)
    {
        int rowLength = (columns + 3) / 4 * 4;
        int dataOffset = HeaderLength + (4 * Colors);
        byte[] file = new byte[dataOffset + (rowLength * rows)];
        Span<byte> bytes = file;
        bytes[0] = (byte)'B';
        bytes[1] = (byte)'M';
        WriteInt(bytes[2..], file.Length);
        WriteInt(bytes[10..], dataOffset);
        WriteInt(bytes[14..], 40); // Length of the part of the header that begins here.
        WriteInt(bytes[18..], columns);
        WriteInt(bytes[22..], -rows); // Negative: the first row is the top one.
        BinaryPrimitives.WriteInt16LittleEndian(bytes[26..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[28..], 8);
        WriteInt(bytes[34..], rowLength * rows);
        WriteInt(bytes[46..], Colors);
        for (int gray = 0; gray < Unknown; gray++)
        {
            byte level = (byte)Math.Round(gray * 255.0 / (Unknown - 1));
            bytes.Slice(HeaderLength + (4 * gray), 3).Fill(level);
        }

        ((ReadOnlySpan<byte>)[0x58, 0x2E, 0x1E]).CopyTo(bytes[(HeaderLength + (4 * Unknown))..]); // Dark blue, in the order B, G, R.
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double value = pixels[(i * columns) + j];
                file[dataOffset + (i * rowLength) + j] =
                    double.IsNaN(value) ? Unknown : (byte)Math.Round(Math.Clamp(value, 0, 1) * (Unknown - 1));
            }
        }

        return file;
    }

    private static void WriteInt(Span<byte> destination, int value) => BinaryPrimitives.WriteInt32LittleEndian(destination, value);
}
