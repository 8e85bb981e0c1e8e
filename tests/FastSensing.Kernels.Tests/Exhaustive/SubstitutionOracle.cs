using System.Numerics;
using FastSensing.Testing.Oracles;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// X = alpha tri(A)^-1 B in twice the precision, with an entrywise bound of the forward error.
/// </summary>
/// <remarks>
/// Substitution in any order solves (A + dA) x = alpha b exactly with |dA| &lt;= gamma |A|, gamma = gamma_(n+2) with the
/// division and alpha. So e = |x - x^| &lt;= gamma M (|x| + e) with M = |A^-1| |A|, and e &lt;= gamma M|x| + 2 gamma^2 M^2|x|
/// as long as gamma ||M|| &lt;= 1/2, which is checked.
/// </remarks>
internal sealed class SubstitutionOracle<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Triangle _triangle;
    private readonly T[] _values;
    private readonly Dictionary<double, TailTable> _tables = [];
    private int _order;

    public SubstitutionOracle(Triangle triangle, int width)
    {
        _triangle = triangle;
        Width = width;
        _values = Tails.Values<T>(Tails.Depth, Tails.Depth, 4);
        RightHandSides = Tails.Values<T>(Tails.Depth, width, 5);
    }

    public int Width { get; }

    /// <summary>A by rows, NaN in the triangle that is not meant.</summary>
    public T[] Matrix { get; private set; } = [];

    /// <summary>B by rows of <see cref="Width"/> elements.</summary>
    public T[] RightHandSides { get; }

    /// <summary>The problem of order <paramref name="order"/>: off-diagonal elements from [-1/8, 1/8), pivots +-1/2 .. 3/2.</summary>
    public void SetOrder(int order)
    {
        _order = order;
        _tables.Clear();
        Matrix = new T[order * order];
        for (int at = 0; at < Matrix.Length; at++)
        {
            (int i, int j) = (at / order, at % order);
            double value = double.CreateChecked(_values[(i * Tails.Depth) + j]);
            bool inside = _triangle == Triangle.Lower ? j <= i : j >= i;
            Matrix[at] = T.CreateChecked(i == j ? value + Math.CopySign(0.5, value) : inside ? value / 8 : double.NaN);
        }
    }

    /// <summary>The solutions under alpha, by rows of <see cref="Width"/> elements.</summary>
    public TailTable TableOf(double alpha)
    {
        if (!_tables.TryGetValue(alpha, out TailTable? table))
        {
            _tables[alpha] = table = Solve(alpha);
        }

        return table;
    }

    private TailTable Solve(double alpha)
    {
        var table = new TailTable(_order * Width);
        double gamma = Rounding.Gamma<T>(_order + 2);
        double[] a = Array.ConvertAll(Matrix, x => double.IsNaN(double.CreateChecked(x)) ? 0 : double.CreateChecked(x));
        double[] m = Growth(a);
        for (int j = 0; j < Width; j++)
        {
            DoubleDouble[] x = Substitute(a, alpha, j);
            double[] first = Times(m, Array.ConvertAll(x, value => Math.Abs(value.High)));
            double[] second = Times(m, first);
            for (int i = 0; i < _order; i++)
            {
                int at = (i * Width) + j;
                (table.High[at], table.Low[at]) = (x[i].High, x[i].Low);
                table.Bound[at] = gamma * (first[i] + (2 * gamma * second[i]));
            }
        }

        return table;
    }

    private DoubleDouble[] Substitute(double[] a, double alpha, int column)
    {
        var x = new DoubleDouble[_order];
        for (int step = 0; step < _order; step++)
        {
            int i = _triangle == Triangle.Lower ? step : _order - 1 - step;
            DoubleDouble rest = default(DoubleDouble).AddProduct(alpha, double.CreateChecked(RightHandSides[(i * Width) + column]));
            for (int before = 0; before < step; before++)
            {
                int j = _triangle == Triangle.Lower ? before : _order - 1 - before;
                rest = rest.AddProduct(-a[(i * _order) + j], x[j].High).AddProduct(-a[(i * _order) + j], x[j].Low);
            }

            // One correction of the quotient doubles its digits.
            double pivot = a[(i * _order) + i];
            double quotient = (rest.High + rest.Low) / pivot;
            DoubleDouble remainder = rest.AddProduct(-quotient, pivot);
            x[i] = new DoubleDouble(quotient, (remainder.High + remainder.Low) / pivot);
        }

        return x;
    }

    /// <summary>|A^-1| |A|, by rows.</summary>
    private double[] Growth(double[] a)
    {
        var inverse = new double[a.Length];
        for (int column = 0; column < _order; column++)
        {
            for (int step = 0; step < _order; step++)
            {
                int i = _triangle == Triangle.Lower ? step : _order - 1 - step;
                double rest = i == column ? 1 : 0;
                for (int before = 0; before < step; before++)
                {
                    int j = _triangle == Triangle.Lower ? before : _order - 1 - before;
                    rest -= a[(i * _order) + j] * inverse[(j * _order) + column];
                }

                inverse[(i * _order) + column] = rest / a[(i * _order) + i];
            }
        }

        var growth = new double[a.Length];
        double norm = 0;
        for (int i = 0; i < _order; i++)
        {
            double sum = 0;
            for (int j = 0; j < _order; j++)
            {
                for (int p = 0; p < _order; p++)
                {
                    growth[(i * _order) + j] += Math.Abs(inverse[(i * _order) + p] * a[(p * _order) + j]);
                }

                sum += growth[(i * _order) + j];
            }

            norm = Math.Max(norm, sum);
        }

        Assert.True(norm * Rounding.Gamma<T>(_order + 2) < 0.5, $"||M|| = {norm}: the matrix of order {_order} is too ill-conditioned for the bound");
        return growth;
    }

    private double[] Times(double[] matrix, double[] x)
    {
        var y = new double[_order];
        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j < _order; j++)
            {
                y[i] += matrix[(i * _order) + j] * x[j];
            }
        }

        return y;
    }
}
