using System.Globalization;

namespace FastSensing.Cli.Output;

/// <summary>Numbers as people read them, the same in every locale.</summary>
internal static class Figures
{
    /// <summary>1,234,567.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits: 0.147, 2.3e-12.</summary>
    public static string Error(double? value) => value switch
    {
        null => "-",
        0 => "0",
        double number when Math.Abs(number) is >= 0.001 and < 1000 => number.ToString("G3", CultureInfo.InvariantCulture),
        double number => number.ToString("0.0e0", CultureInfo.InvariantCulture),
    };

    /// <summary>Seconds as s, ms or µs.</summary>
    public static string Time(double seconds) => seconds switch
    {
        >= 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.00} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.0} µs"),
    };

    /// <summary>All digits that matter, for files.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
