using FastSensing.Diagnostics;
using FastSensing.Tests.Solvers;

namespace FastSensing.Tests.Diagnostics;

/// <summary>Errors that follow a law exactly, nearly, or none at all.</summary>
public sealed class ConvergenceRateTests
{
    private static readonly double[] Times = [.. Enumerable.Range(1, 200).Select(t => (double)t)];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void Fit_OfALinearLaw_GivesItsFactor(double noise)
    {
        ConvergenceRate rate = ConvergenceRate.Fit(Times, Disturbed(Times.Select(t => 3 * Math.Exp(-0.1 * t)), noise));
        Assert.Equal(-0.1, rate.LinearSlope, noise == 0 ? 1e-13 : 2e-3);
        Assert.Equal(Math.Exp(rate.LinearSlope), rate.Factor);
        Assert.Equal(noise, rate.LinearDeviation, noise == 0 ? 1e-6 : 0.05);
        Assert.Equal(RateLaw.Linear, rate.Law);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Fit_OfAPower_GivesItsExponent(double noise)
    {
        ConvergenceRate rate = ConvergenceRate.Fit(Times, Disturbed(Times.Select(t => 5 * Math.Pow(t, -2)), noise));
        Assert.Equal(-2, rate.PowerSlope, noise == 0 ? 1e-12 : 0.05);
        Assert.Equal(RateLaw.Sublinear, rate.Law);
    }

    [Fact]
    public void Fit_OfWhatDoesNotFall_IsUndecided()
    {
        Assert.Equal(RateLaw.Undecided, ConvergenceRate.Fit(Times, Disturbed(Times.Select(_ => 2.0), 0.2)).Law);
        Assert.Equal(RateLaw.Undecided, ConvergenceRate.Fit(Times, [.. Times.Select(t => Math.Exp(0.1 * t))]).Law);
        Assert.Equal(RateLaw.Undecided, ConvergenceRate.Fit(Times, [.. Times.Select(t => t)]).Law);
        Assert.Equal(RateLaw.Undecided, ConvergenceRate.Fit([1, 2, 3], [1, 1, 1]).Law);
    }

    [Fact]
    public void Fit_OfBadPoints_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ConvergenceRate.Fit([1, 2], [1, 1]));
        Assert.Throws<ArgumentException>(() => ConvergenceRate.Fit([1, 2, 3], [1, 1]));
        Assert.Throws<ArgumentException>(() => ConvergenceRate.Fit([0, 2, 3], [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => ConvergenceRate.Fit([1, 2, 3], [1, 0, 1]));
        Assert.Throws<ArgumentException>(() => ConvergenceRate.Fit([1, 2, 3], [1, double.NaN, 1]));
    }

    private static double[] Disturbed(IEnumerable<double> errors, double noise)
    {
        double[] normals = SolverSetUps.Normals<double>(Times.Length, 7);
        return [.. errors.Select((error, i) => error * Math.Exp(noise * normals[i]))];
    }
}
