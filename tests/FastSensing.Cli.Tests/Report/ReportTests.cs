using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FastSensing.Cli.Report;

namespace FastSensing.Cli.Tests.Report;

/// <summary>Pictures and charts.</summary>
public sealed class ReportTests
{
    [Fact]
    public void GrayImage_IsABmpOfTheRightSizeWithClippedGrays()
    {
        byte[] file = GrayImage.Encode([0, 0.5, 1, -3, 7, double.NaN], 2, 3);
        Assert.Equal((byte)'B', file[0]);
        Assert.Equal((byte)'M', file[1]);
        Assert.Equal(file.Length, BitConverter.ToInt32(file, 2));
        Assert.Equal(3, BitConverter.ToInt32(file, 18));
        Assert.Equal(-2, BitConverter.ToInt32(file, 22));
        int data = BitConverter.ToInt32(file, 10);
        Assert.Equal(data + (2 * 4), file.Length); // Rows are padded to four bytes.
        byte Level(int index) => file[54 + (4 * index)];
        Assert.Equal([0, 128, 255, 0, 255], Array.ConvertAll<int, int>([0, 1, 2, 4, 5], i => Level(file[data + i])));
        Assert.Equal(255, file[data + 6]); // The place of the unknown, whose colour is not a grey.
        Assert.NotEqual(file[54 + (4 * 255)], file[54 + (4 * 255) + 2]);
    }

    [Fact]
    public void LogChart_KeepsEveryPointInsideAndLeavesOutWhatHasNoLogarithm()
    {
        LogChart chart = new("iteration <&>", "error");
        double[] x = [.. Enumerable.Range(0, 5000).Select(i => (double)i)];
        chart.Add(new ChartSeries("a & b", 0, x, [.. x.Select(i => Math.Pow(10, -i / 400))]));
        chart.Add(new ChartSeries("bad", 1, [0, 1, 2, 3, 4], [0, -1, double.NaN, double.PositiveInfinity, 0.5]));
        chart.SetReference(1e-3, "level");
        string svg = chart.Render();
        Assert.Equal(svg, chart.Render());
        XElement root = XElement.Parse(svg);
        double[] box = Array.ConvertAll(root.Attribute("viewBox")!.Value.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
        string curve = root.Elements("path").First(path => path.Attribute("class")!.Value == "curve c0").Attribute("d")!.Value;
        double[] numbers = [.. Regex.Matches(curve, @"-?[\d.]+").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        Assert.InRange(numbers.Length, 200, 2000);
        for (int i = 0; i < numbers.Length; i += 2)
        {
            Assert.InRange(numbers[i], 0, box[2]);
            Assert.InRange(numbers[i + 1], 0, box[3]);
        }

        Assert.True(numbers[^2] > numbers[0] && numbers[^1] > numbers[1], "right and down");
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Contains("level", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void LogChart_WithoutAnyCurve_IsStillAChart() => XElement.Parse(new LogChart("x", "y").Render());
}
