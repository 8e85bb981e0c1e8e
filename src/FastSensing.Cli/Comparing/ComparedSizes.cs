using System.Globalization;

namespace FastSensing.Cli.Comparing;

/// <summary>The sizes that say whether a problem is one of compressed sensing.</summary>
/// <param name="Rows">n1.</param>
/// <param name="Columns">n2.</param>
/// <param name="Measurements">m.</param>
/// <param name="Unknowns">Free numbers in X.</param>
/// <param name="DegreesOfFreedom">Of matrices of the rank, where that is given.</param>
internal sealed record ComparedSizes(int Rows, int Columns, int Measurements, long Unknowns, long? DegreesOfFreedom)
{
    /// <summary>In words.</summary>
    public string Describe()
    {
        string freedom = DegreesOfFreedom is long number
            ? string.Create(CultureInfo.InvariantCulture, $", {number:N0} degrees of freedom ({(double)Measurements / number:0.0} measurements each)")
            : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Rows} x {Columns}, {Measurements:N0} measurements of {Unknowns:N0} unknowns ({(double)Measurements / Unknowns:P0}){freedom}");
    }
}
