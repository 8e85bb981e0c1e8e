using FastSensing.Testing.Trials;
using Xunit;

namespace FastSensing.Testing.Oracles;

/// <summary>
/// The products of the rows of A with those of B^T in twice the precision, against which a computed
/// C = alpha A B + beta C is held: |error| &lt;= gamma (|alpha| |A| |B| + |beta| |C|), element by element.
/// </summary>
/// <param name="a">A by rows.</param>
/// <param name="bTransposed">B^T by rows.</param>
/// <param name="k">Columns of A.</param>
/// <param name="gamma">Bound per term: each goes through its product, k sums, alpha and beta.</param>
public sealed class ProductOracle(double[] a, double[] bTransposed, int k, double gamma)
{
    private readonly double[] _absoluteA = Array.ConvertAll(a, Math.Abs);
    private readonly double[] _absoluteB = Array.ConvertAll(bTransposed, Math.Abs);

    /// <summary>Fails unless every element of <paramref name="computed"/> is within its bound.</summary>
    public void AssertProduct(in BlasCase call, double alpha, double beta, double[] before, double[] computed)
    {
        for (int i = 0; i < call.M; i++)
        {
            int last = call.Routine == Routine.Syrk ? i : call.N - 1;
            for (int j = 0; j <= last; j++)
            {
                int at = (i * call.N) + j;
                double error = Sum(i, j).Times(alpha).AddProduct(beta, before[at]).DistanceTo(computed[at]);
                double bound = gamma * ((Math.Abs(alpha) * Magnitude(i, j)) + Math.Abs(beta * before[at]));
                if (!(error <= bound))
                {
                    Assert.Fail($"{call}: element ({i}, {j}) is {computed[at]:r}, {error:e2} off; the bound is {bound:e2}.");
                }
            }
        }
    }

    private DoubleDouble Sum(int i, int j) => DoubleDouble.Dot(a.AsSpan(i * k, k), bTransposed.AsSpan(j * k, k));

    private double Magnitude(int i, int j)
    {
        double sum = 0;
        for (int p = 0; p < k; p++)
        {
            sum += _absoluteA[(i * k) + p] * _absoluteB[(j * k) + p];
        }

        return sum;
    }
}
