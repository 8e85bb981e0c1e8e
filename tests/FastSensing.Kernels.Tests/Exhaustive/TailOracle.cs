using System.Numerics;
using FastSensing.Testing.Oracles;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// C = alpha A B + beta C in twice the precision for one inner dimension after the other, with the bound
/// gamma_(k+2) (|alpha| |A| |B| + |beta| |C|) of every element. The element (i, j) of a smaller product of the same
/// numbers is the same, so one table serves every size.
/// </summary>
/// <param name="a">A by rows, of <see cref="Tails.Depth"/> elements.</param>
/// <param name="b">B by rows.</param>
/// <param name="c">The old C by rows.</param>
/// <param name="columns">Columns of B and C.</param>
internal sealed class TailOracle<T>(T[] a, T[] b, T[] c, int columns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DoubleDouble[] _sum = new DoubleDouble[c.Length];
    private readonly double[] _magnitude = new double[c.Length];
    private int _depth;

    /// <summary>What is expected under each pair of <see cref="Tails.Factors"/>.</summary>
    public TailTable[] Tables { get; } = [.. Tails.Factors.Select(_ => new TailTable(c.Length))];

    /// <summary>The tables of inner dimension <paramref name="depth"/>, the next one.</summary>
    public void AdvanceTo(int depth)
    {
        for (; _depth < depth; _depth++)
        {
            for (int at = 0; at < c.Length; at++)
            {
                double x = double.CreateChecked(a[(at / columns * Tails.Depth) + _depth]);
                double y = double.CreateChecked(b[(_depth * columns) + (at % columns)]);
                _sum[at] = _sum[at].AddProduct(x, y);
                _magnitude[at] += Math.Abs(x * y);
            }
        }

        double gamma = Rounding.Gamma<T>(depth + 2);
        foreach ((TailTable table, (double alpha, double beta)) in Tables.Zip(Tails.Factors))
        {
            for (int at = 0; at < c.Length; at++)
            {
                double old = double.CreateChecked(c[at]);
                DoubleDouble expected = _sum[at].Times(alpha).AddProduct(beta, old);
                table.High[at] = expected.High;
                table.Low[at] = expected.Low;
                table.Bound[at] = gamma * ((Math.Abs(alpha) * _magnitude[at]) + Math.Abs(beta * old));
            }
        }
    }
}
