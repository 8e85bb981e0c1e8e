using FastSensing.Sampling;

namespace FastSensing.Tests.Sampling;

/// <summary>Phi^-1 against values computed with 60 digits, in the centre, in both tails and on both sides of the seam.</summary>
public class NormalQuantileTests
{
    [Theory]
    [InlineData(1.1102230246251565e-16, -8.209536151601387)]
    [InlineData(8.881784197001252e-16, -7.956038125481531)]
    [InlineData(9.094947017729282e-13, -7.047700256664409)]
    [InlineData(9.313225746154785e-10, -6.009353565530744)]
    [InlineData(9.5367431640625e-07, -4.7630010342678135)]
    [InlineData(6.103515625e-05, -3.841930685501911)]
    [InlineData(0.0009765625, -3.0972690781987846)]
    [InlineData(0.0078125, -2.4175590162365053)]
    [InlineData(0.03125, -1.8627318674216515)]
    [InlineData(0.06249999999999989, -1.5341205443525472)]
    [InlineData(0.0625, -1.5341205443525463)]
    [InlineData(0.06250000000000011, -1.5341205443525454)]
    [InlineData(0.125, -1.150349380376008)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.375, -0.31863936396437514)]
    [InlineData(0.4375, -0.1573106846101707)]
    [InlineData(0.4990234375, -0.0024478816191106775)]
    [InlineData(0.4999999990686774, -2.3344794983332983e-09)]
    [InlineData(0.4999999999999999, -2.782916424671767e-16)]
    [InlineData(0.5000000000000002, 5.565832849343534e-16)]
    [InlineData(0.625, 0.31863936396437514)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.9375, 1.5341205443525463)]
    [InlineData(0.9375000000000002, 1.534120544352548)]
    [InlineData(0.984375, 2.1538746940614564)]
    [InlineData(0.9999990463256836, 4.7630010342678135)]
    [InlineData(0.9999999999999999, 8.209536151601387)]
    public void Of_ReferencePoint_IsAccurateToAFewUnits(double u, double expected)
    {
        double relative = Math.Abs((NormalQuantile.Of(u) - expected) / expected);
        Assert.True(relative <= 2e-15, $"Phi^-1({u}) = {NormalQuantile.Of(u)}, {relative} off.");
    }

    [Fact]
    public void Of_Half_IsZero() => Assert.Equal(0.0, NormalQuantile.Of(0.5));

    [Fact]
    public void Of_AscendingArguments_AscendsAndIsOdd()
    {
        const int Steps = 1 << 16;
        double last = double.NegativeInfinity;
        for (int i = 1; i < Steps; i++)
        {
            double u = i / (double)Steps;
            double x = NormalQuantile.Of(u);
            Assert.True(x > last, $"Phi^-1({u}) = {x} is not above {last}.");
            Assert.Equal(-x, NormalQuantile.Of(1 - u));
            last = x;
        }
    }
}
