using System.Globalization;
using System.Net;
using System.Text;
using FastSensing.Cli.Demo;
using FastSensing.Cli.Output;
using FastSensing.Operators;

namespace FastSensing.Cli.Report;

/// <summary>The page of the demo: one file, pictures and charts inside, no script, nothing loaded from elsewhere.</summary>
internal sealed class DemoPage
{
    private readonly StringBuilder _sections = new();

    /// <summary>Adds the section of one problem.</summary>
    public void Add(DemoCase demo, IReadOnlyList<DemoOutcome> outcomes)
    {
        _sections.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Text(demo.Title)}</h2>\n<p>{Text(demo.Text)}</p>\n");
        AddPictures(demo, outcomes);
        AddChart(demo, outcomes);
        AddTable(demo, outcomes);
        _sections.Append("</section>\n");
    }

    /// <summary>The whole page.</summary>
    public string Render(string isa) => PageTemplate.Render(_sections.ToString(), Text(isa));

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void AddPictures(DemoCase demo, IReadOnlyList<DemoOutcome> outcomes)
    {
        _sections.Append("<div class=\"pictures\">\n");
        AddPicture(demo, demo.Truth, "original", string.Empty);
        if (demo.Sampled is not null)
        {
            AddPicture(demo, demo.Sampled, "what is known", "1 pixel of 3");
        }

        AddPicture(demo, demo.Best, $"best rank {demo.Rank}", ErrorNote(demo.Yardstick));
        foreach (DemoOutcome outcome in outcomes)
        {
            AddPicture(demo, outcome.Recovered, outcome.Method.Title, ErrorNote(outcome.RecoveryError));
        }

        _sections.Append("</div>\n");
    }

    private void AddPicture(DemoCase demo, double[] values, string name, string note)
    {
        IMeasurementOperator<double> op = demo.Problem.Operator;
        string uri = GrayImage.DataUri(demo.Problem.Structure == MatrixStructure.Symmetric ? Stretched(values, demo.Truth) : values, op.Rows, op.Columns);
        _sections.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{uri}\" alt=\"{Text(name)}\" width=\"{op.Columns}\" height=\"{op.Rows}\"><figcaption><b>{Text(name)}</b> <span>{Text(note)}</span></figcaption></figure>\n");
    }

    private static string ErrorNote(double error) => "error " + Figures.Error(error);

    /// <summary>The least entry of the truth black and its largest white.</summary>
    private static double[] Stretched(double[] values, double[] truth)
    {
        (double low, double high) = (truth.Min(), truth.Max());
        return Array.ConvertAll(values, value => (value - low) / (high - low));
    }

    private void AddChart(DemoCase demo, IReadOnlyList<DemoOutcome> outcomes)
    {
        LogChart chart = new("iteration", "recovery error");
        _sections.Append("<ul class=\"legend\">");
        foreach (DemoOutcome outcome in outcomes)
        {
            chart.Add(new ChartSeries(outcome.Method.Title, outcome.Method.Color, outcome.CurveX, outcome.CurveY));
            _sections.Append(CultureInfo.InvariantCulture, $"<li><i class=\"c{outcome.Method.Color}\"></i>{Text(outcome.Method.Title)}</li>");
        }

        chart.SetReference(demo.Yardstick, $"best rank {demo.Rank}");
        _sections.Append("</ul>\n").Append(chart.Render()).Append('\n');
    }

    private void AddTable(DemoCase demo, IReadOnlyList<DemoOutcome> outcomes)
    {
        _sections.Append("<div class=\"scroll\"><table>\n<thead><tr><th>method</th><th>rank</th><th>recovery error</th><th>of best</th><th>iterations</th><th>per iteration</th><th>bytes per iteration</th></tr></thead>\n<tbody>\n");
        _sections.Append(CultureInfo.InvariantCulture, $"<tr class=\"best\"><td>best rank {demo.Rank}</td><td>{demo.Rank}</td><td>{Figures.Error(demo.Yardstick)}</td><td>1.00</td><td></td><td></td><td></td></tr>\n");
        foreach (DemoOutcome outcome in outcomes)
        {
            _sections.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(outcome.Method.Title)}</td><td>{outcome.Rank}</td><td>{Figures.Error(outcome.RecoveryError)}</td><td>{outcome.RecoveryError / demo.Yardstick:0.00}</td><td>{outcome.Iterations:N0}</td><td>{Text(Figures.Time(outcome.SecondsPerIteration))}</td><td>{outcome.AllocatedBytesPerIteration:0.#}</td></tr>\n");
        }

        _sections.Append("</tbody></table></div>\n");
        _sections.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"count\">{demo.Problem.Operator.MeasurementCount:N0} measurements, {demo.Problem.Unknowns:N0} unknowns, {demo.Problem.DegreesOfFreedom(demo.Rank):N0} degrees of freedom at rank {demo.Rank}.</p>\n");
    }
}
