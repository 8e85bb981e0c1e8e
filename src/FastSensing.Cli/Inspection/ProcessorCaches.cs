using System.Globalization;

namespace FastSensing.Cli.Inspection;

/// <summary>Data caches of the first processor, as Linux reports them; empty elsewhere.</summary>
internal static class ProcessorCaches
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>Level and bytes, the first level first.</summary>
    public static IReadOnlyList<(int Level, long Bytes)> Find()
    {
        List<(int Level, long Bytes)> caches = [];
        if (!Directory.Exists(Folder))
        {
            return caches;
        }

        try
        {
            foreach (string index in Directory.GetDirectories(Folder, "index*"))
            {
                if (ReadWord(index, "type") != "Instruction"
                    && int.TryParse(ReadWord(index, "level"), NumberStyles.None, CultureInfo.InvariantCulture, out int level)
                    && ParseSize(ReadWord(index, "size")) is long bytes)
                {
                    caches.Add((level, bytes));
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            caches.Clear();
        }

        caches.Sort();
        return caches;
    }

    private static string ReadWord(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    /// <summary>"48K", "2M".</summary>
    private static long? ParseSize(string text)
    {
        int shift = text.EndsWith('K') ? 10 : text.EndsWith('M') ? 20 : 0;
        ReadOnlySpan<char> digits = shift == 0 ? text : text.AsSpan(0, text.Length - 1);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value << shift : null;
    }
}
