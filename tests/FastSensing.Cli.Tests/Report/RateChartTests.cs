using System.Globalization;
using System.Xml.Linq;
using FastSensing.Cli.Report;

namespace FastSensing.Cli.Tests.Report;

/// <summary>The chart of rates over sizes is a file that any program can draw.</summary>
public sealed class RateChartTests
{
    [Fact]
    public void Render_Curves_AreWellFormedInsideThePictureAndInTheirOrder()
    {
        RateSeries ours = new("ours & <theirs>", [(4, 5.5), (64, 120), (2000, 110)]);
        RateSeries other = new("other", [(4, 1), (64, 140)]);
        XElement svg = XElement.Parse(new RateChart("Gemm", "GFLOP/s").Render(130, "limit", [ours, other]));
        XNamespace space = svg.Name.Namespace;
        double[] box = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        (double X, double Y)[][] curves = [.. svg.Elements(space + "polyline").Select(Points).OrderByDescending(curve => curve.Length)];
        Assert.Equal([3, 2], curves.Select(curve => curve.Length));
        Assert.All(curves.SelectMany(curve => curve), point =>
        {
            Assert.InRange(point.X, 0, box[2]);
            Assert.InRange(point.Y, 0, box[3]);
        });
        Assert.True(curves[0][0].X < curves[0][1].X && curves[0][1].X < curves[0][2].X, "sizes ascend to the right");
        Assert.True(curves[0][0].Y > curves[0][1].Y && curves[0][1].Y < curves[0][2].Y, "rates ascend to the top");
        Assert.True(curves[1][1].Y < curves[0][1].Y, "a rate above the limit is drawn above it");
        Assert.Equal(curves[0][1].X, curves[1][1].X);
        Assert.Contains(svg.Elements(space + "text"), text => text.Value == "ours & <theirs>");
    }

    private static (double X, double Y)[] Points(XElement line) =>
    [
        .. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',')).Select(point => (Number(point[0]), Number(point[1]))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
