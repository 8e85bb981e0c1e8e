using System.Globalization;
using System.Net;
using System.Text;

namespace FastSensing.Cli.Report;

/// <summary>
/// Curves over a linear x axis and a logarithmic y axis as inline SVG. Colours are CSS classes (c0, c1, ...), so the
/// page decides how they look in light and in dark mode.
/// </summary>
internal sealed class LogChart(string xTitle, string yTitle)
{
    private const int Width = 640;
    private const int Height = 330;
    private const int Left = 62;
    private const int Right = 14;
    private const int Top = 12;
    private const int Bottom = 44;
    private const int MaximumPoints = 400;
    private readonly List<ChartSeries> _series = [];
    private readonly StringBuilder _svg = new();
    private (double Level, string Name)? _reference;
    private double _xEnd;
    private double _yLow;
    private double _yHigh;

    /// <summary>Adds a curve.</summary>
    public void Add(ChartSeries series) => _series.Add(series);

    /// <summary>A dashed level line.</summary>
    public void SetReference(double level, string name) => _reference = (level, name);

    /// <summary>The chart as an svg element.</summary>
    public string Render()
    {
        Measure();
        _svg.Clear();
        _svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(yTitle)} over {Text(xTitle)}\">");
        DrawAxes();
        if (_reference is (double level, string name))
        {
            double y = PlaceY(level);
            _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"reference\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>");
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"reference\" x=\"{Width - Right - 4}\" y=\"{y + 14:F1}\" text-anchor=\"end\">{Text(name)}</text>");
        }

        foreach (ChartSeries series in _series)
        {
            DrawCurve(series);
        }

        return _svg.Append("</svg>").ToString();
    }

    private static bool Drawable(double value) => double.IsFinite(value) && value > 0;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void Measure()
    {
        (_xEnd, double low, double high) = (1, double.MaxValue, double.Epsilon);
        foreach (ChartSeries series in _series)
        {
            for (int i = 0; i < series.Y.Count; i++)
            {
                if (Drawable(series.Y[i]))
                {
                    _xEnd = Math.Max(_xEnd, series.X[i]);
                    (low, high) = (Math.Min(low, series.Y[i]), Math.Max(high, series.Y[i]));
                }
            }
        }

        if (_reference is (double level, _) && Drawable(level))
        {
            (low, high) = (Math.Min(low, level), Math.Max(high, level));
        }

        (low, high) = low > high ? (0.1, 1) : (low, high);
        _yLow = Math.Log10(low) - 0.2; // Room for the name of the reference below its line.
        _yHigh = Math.Max(Math.Log10(high) + 0.05, _yLow + 0.5);
    }

    private double PlaceX(double x) => Left + (x / _xEnd * (Width - Left - Right));

    private double PlaceY(double y) => Top + ((_yHigh - Math.Log10(y)) / (_yHigh - _yLow) * (Height - Top - Bottom));

    private void DrawAxes()
    {
        double step = _yHigh - _yLow > 9 ? 3 : 1;
        bool fine = _yHigh - _yLow < 2.5;
        for (double power = Math.Floor(_yLow); power <= _yHigh; power++)
        {
            for (int digit = 1; digit <= (fine ? 9 : 1); digit++)
            {
                double value = digit * Math.Pow(10, power);
                if (Math.Log10(value) < _yLow || Math.Log10(value) > _yHigh || (digit == 1 && power % step != 0))
                {
                    continue;
                }

                DrawLevel(value, digit == 1 || digit is 2 or 5);
            }
        }

        double tick = NiceStep(_xEnd / 6);
        for (double x = 0; x <= _xEnd * 1.0001; x += tick)
        {
            double place = PlaceX(x);
            _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"tick\" x1=\"{place:F1}\" x2=\"{place:F1}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 5}\"/>");
            _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{place:F1}\" y=\"{Height - Bottom + 19}\" text-anchor=\"middle\">{x:N0}</text>");
        }

        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>");
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Text(xTitle)}</text>");
        int middle = (Top + Height - Bottom) / 2;
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"14\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {middle})\">{Text(yTitle)}</text>");
    }

    private void DrawLevel(double value, bool labelled)
    {
        double y = PlaceY(value);
        _svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{(labelled ? "grid" : "grid fine")}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>");
        if (labelled)
        {
            string label = value >= 0.001 && value < 1000
                ? value.ToString("0.###", CultureInfo.InvariantCulture)
                : value.ToString("0e0", CultureInfo.InvariantCulture);
            _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 7}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{label}</text>");
        }
    }

    /// <summary>A path through at most a few hundred of the points, the last one always.</summary>
    private void DrawCurve(ChartSeries series)
    {
        int stride = Math.Max(1, series.Y.Count / MaximumPoints);
        StringBuilder path = new();
        (double x, double y) = (double.NaN, double.NaN);
        for (int i = 0; i < series.Y.Count; i++)
        {
            if ((i % stride != 0 && i != series.Y.Count - 1) || !Drawable(series.Y[i]))
            {
                continue;
            }

            (x, y) = (PlaceX(series.X[i]), PlaceY(series.Y[i]));
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:F1} {y:F1}");
        }

        if (path.Length > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"curve c{series.Color}\" d=\"{path}\"/>");
            _svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot c{series.Color}\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3.5\"><title>{Text(series.Name)}</title></circle>");
        }
    }

    private static double NiceStep(double about)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(about, 1))));
        double digit = about / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
