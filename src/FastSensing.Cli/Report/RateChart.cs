using System.Globalization;
using System.Net;
using System.Text;

namespace FastSensing.Cli.Report;

/// <summary>Rates over sizes, the sizes on a logarithmic axis, and a level that bounds them: an SVG file of its own.</summary>
/// <param name="title">What is measured.</param>
/// <param name="unit">Of the rates.</param>
internal sealed class RateChart(string title, string unit)
{
    private const int Width = 760;
    private const int Left = 58;
    private const int Right = 18;
    private const int PlotHeight = 330;
    private const int LegendLine = 20;
    private const int LegendTop = 52;

    private static readonly string[] Colors = ["#c2410c", "#1d4ed8", "#0f766e", "#7e22ce", "#767d86"];

    private readonly StringBuilder _svg = new();
    private int _top;
    private double _low;
    private double _high;
    private double _ceiling;

    /// <summary>The file's text.</summary>
    /// <param name="limit">The level above all curves.</param>
    /// <param name="limitName">Its name.</param>
    /// <param name="curves">The curves, at most five; ours first.</param>
    public string Render(double limit, string limitName, IReadOnlyList<RateSeries> curves)
    {
        double[] sizes = [.. curves.SelectMany(curve => curve.Points).Select(point => point.Size).Distinct().Order()];
        (_low, _high) = (sizes[0], sizes[^1]);
        _ceiling = 1.08 * Math.Max(limit, curves.SelectMany(curve => curve.Points).Max(point => point.Rate));
        _top = LegendTop + (curves.Count * LegendLine);
        int height = _top + PlotHeight + 52;
        _svg.Clear();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"{Escape(title)}\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#1d2127\">\n");
        Add($"<rect width=\"{Width}\" height=\"{height}\" fill=\"#ffffff\"/>\n<text x=\"{Left}\" y=\"28\" font-size=\"16\" font-weight=\"bold\">{Escape(title)}</text>\n");
        DrawAxes(sizes);
        double level = PlaceY(limit);
        Add($"<path d=\"M{Left} {level:F1}H{Width - Right}\" fill=\"none\" stroke=\"#767d86\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"/>\n");
        Add($"<text x=\"{Left + 6}\" y=\"{level - 6:F1}\" fill=\"#5c6570\">{Escape(limitName)}</text>\n");
        for (int i = curves.Count - 1; i >= 0; i--)
        {
            DrawCurve(curves[i], i);
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private double PlaceX(double size) => Left + 12 + (Math.Log(size / _low) / Math.Log(Math.Max(_high / _low, 1.001)) * (Width - Left - Right - 24));

    private double PlaceY(double rate) => _top + ((1 - (rate / _ceiling)) * PlotHeight);

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private void DrawAxes(double[] sizes)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(_ceiling / 5)));
        double digit = _ceiling / 5 / power;
        double step = power * (digit < 2 ? 1 : digit < 5 ? 2 : 5);
        for (double rate = 0; rate <= _ceiling; rate += step)
        {
            double y = PlaceY(rate);
            Add($"<path d=\"M{Left} {y:F1}H{Width - Right}\" stroke=\"#d9dbd7\"/>\n<text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\" fill=\"#5c6570\">{rate:0.###}</text>\n");
        }

        int bottom = _top + PlotHeight;
        foreach (double size in sizes)
        {
            double x = PlaceX(size);
            Add($"<path d=\"M{x:F1} {bottom}v5\" stroke=\"#5c6570\"/>\n");
            if (double.IsPow2(size) || size % 1000 == 0)
            {
                Add($"<text x=\"{x:F1}\" y=\"{bottom + 19}\" text-anchor=\"middle\" fill=\"#5c6570\">{size:0}</text>\n");
            }
        }

        Add($"<path d=\"M{Left} {_top}V{bottom}H{Width - Right}\" fill=\"none\" stroke=\"#5c6570\"/>\n");
        Add($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{bottom + 40}\" text-anchor=\"middle\">n</text>\n");
        int middle = _top + (PlotHeight / 2);
        Add($"<text x=\"16\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {middle})\">{Escape(unit)}</text>\n");
    }

    private void DrawCurve(RateSeries curve, int index)
    {
        string color = Colors[index % Colors.Length];
        string places = string.Join(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{PlaceX(point.Size):F1},{PlaceY(point.Rate):F1}")));
        Add($"<polyline points=\"{places}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{(index == 0 ? 2.6 : 1.8)}\" stroke-linejoin=\"round\"/>\n");
        foreach ((double size, double rate) in curve.Points)
        {
            Add($"<circle cx=\"{PlaceX(size):F1}\" cy=\"{PlaceY(rate):F1}\" r=\"{(index == 0 ? 3.4 : 2.6)}\" fill=\"{color}\"/>\n");
        }

        int y = LegendTop + (index * LegendLine);
        Add($"<path d=\"M{Left} {y - 4}h22\" stroke=\"{color}\" stroke-width=\"3\"/>\n<text x=\"{Left + 30}\" y=\"{y}\">{Escape(curve.Name)}</text>\n");
    }
}
