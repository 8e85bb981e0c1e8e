using System.Globalization;
using System.Text.RegularExpressions;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>The demo, once: its figures and its page.</summary>
public sealed class DemoTests
{
    /// <summary>How much worse than the best approximation of the given rank Solve may be on Gaussian measurements.</summary>
    private const double Allowance = 1.6;

    [Fact]
    public void Demo_RecoversWithinTheYardstickAndWritesOneCompletePage()
    {
        using TemporaryFolder folder = new();
        ToolRun run = ToolRun.Of("demo", "--out", folder.File("demo.html"));
        run.AssertSucceeded();
        Assert.Equal(["demo.html"], folder.Names());
        string page = File.ReadAllText(folder.File("demo.html"));
        AssertComplete(page);

        string[] sections = page.Split("<section>")[1..];
        Assert.Equal(3, sections.Length);
        double[][] solve = Array.ConvertAll(sections, section => Row(section, "Solve"));
        Assert.True(solve[0][2] <= Allowance, $"photograph, Gaussian: {solve[0][2]} times the best");
        Assert.True(solve[2][2] <= Allowance, $"covariance: {solve[2][2]} times the best");
        Assert.True(solve[1][1] <= 0.2, $"a third of the pixels: error {solve[1][1]}");
        foreach (string section in sections)
        {
            Assert.All(["Gradient descent", "ScaledGD(λ)", "Solve"], method => Assert.Contains(method, section, StringComparison.Ordinal));
            foreach (double[] row in Regex.Matches(section, "<tr><td>([^<]*)</td>").Select(match => Row(section, match.Groups[1].Value)))
            {
                Assert.True(row[1] > 0 && row[3] > 0, "an error and iterations");
                Assert.Equal(0, row[4]);
            }
        }
    }

    [Fact]
    public void Demo_WithoutOut_WritesIntoTheCurrentDirectoryAndSaysWhere()
    {
        using TemporaryFolder folder = new();
        ToolRun run = ToolRun.OfChild(folder.Path, "demo");
        run.AssertSucceeded();
        Assert.Equal(["demo.html"], folder.Names());
        Assert.Contains("Pictures and curves: /", run.Error.Replace(Path.GetPathRoot(folder.Path)!, "/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith(Path.DirectorySeparatorChar + "demo.html", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    /// <summary>Nothing is loaded from elsewhere and nothing runs: pictures are data, curves are SVG.</summary>
    private static void AssertComplete(string page)
    {
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        MatchCollection sources = Regex.Matches(page, "src=\"([^\"]{0,40})");
        Assert.Equal(5 + 6 + 6, sources.Count);
        Assert.All(sources, source => Assert.StartsWith("data:image/bmp;base64,Qk", source.Groups[1].Value, StringComparison.Ordinal));
        Assert.Equal(3, Regex.Count(page, "<svg"));
        Assert.Equal(3 + 3 + 4, Regex.Count(page, "<path class=\"curve c[0-3]\""));
        Assert.Equal(page.Split("<section>").Length, page.Split("</section>").Length);
    }

    /// <summary>Rank, recovery error, ratio, iterations and bytes of a row of the table.</summary>
    private static double[] Row(string section, string method)
    {
        Match match = Regex.Match(section, $"<tr><td>{Regex.Escape(method)}</td><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td><td>[^<]*</td><td>([^<]*)</td></tr>");
        Assert.True(match.Success, method);
        return [.. match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
    }
}
