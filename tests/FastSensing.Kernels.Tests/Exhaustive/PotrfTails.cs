using System.Numerics;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// Potrf of one tag of every order up to 130, in every layout: |A - L L^T| &lt;= gamma_(n+3) |L| |L^T|, and nothing above
/// the diagonal is written. The matrices are the leading blocks of one.
/// </summary>
internal sealed unsafe class PotrfTails<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private const int LargestOrder = 130;

    private readonly T[] _values = DominantMatrix();
    private readonly CanaryBuffer<T> _a = new(LargestOrder, LargestOrder);
    private readonly TailWorkspace<TIsa, T, TVector> _workspace = new();
    private readonly double[] _factor = new double[LargestOrder * LargestOrder];

    /// <summary>Calls made so far.</summary>
    public int Calls { get; private set; }

    public int ExpectedCalls => LargestOrder * Tails.Layouts.Length;

    public void Run()
    {
        for (int n = 1; n <= LargestOrder; n++)
        {
            foreach (Layout layout in Tails.Layouts)
            {
                Calls++;
                _a.Place(layout, n, n);
                _a.WriteTriangle(_values, LargestOrder, n);
                _workspace.Poison();
                int info = PotrfDriver<TIsa, T, TVector>.Run(n, _a.First, _a.Row, _a.Column, _workspace.First);
                TakeFactor(n);
                string what = $"{TIsa.Name}, {typeof(T).Name}: n {n}, {layout}";
                Assert.True(info == 0 && _a.IsAllCanary(), $"{what}: INFO is {info}, or something outside the triangle was written");
                AssertResidual(n, what);
            }
        }
    }

    /// <summary>Diagonal 3, off-diagonal elements from [-1/64, 1/64).</summary>
    private static T[] DominantMatrix()
    {
        T[] values = Tails.Values<T>(LargestOrder, LargestOrder, 6);
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = at % (LargestOrder + 1) == 0 ? T.CreateChecked(3) : values[at] / T.CreateChecked(64);
        }

        return values;
    }

    private void TakeFactor(int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                T* at = _a.First + (i * _a.Row) + (j * _a.Column);
                _factor[(i * LargestOrder) + j] = double.CreateChecked(*at);
                *at = T.NaN;
            }
        }
    }

    private void AssertResidual(int n, string what)
    {
        double gamma = Rounding.Gamma<T>(n + 3);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> left = _factor.AsSpan(i * LargestOrder, j + 1);
                ReadOnlySpan<double> right = _factor.AsSpan(j * LargestOrder, j + 1);
                double magnitude = 0;
                for (int p = 0; p < left.Length; p++)
                {
                    magnitude += Math.Abs(left[p] * right[p]);
                }

                double error = DoubleDouble.Dot(left, right).DistanceTo(double.CreateChecked(_values[(i * LargestOrder) + j]));
                if (!(error <= gamma * magnitude))
                {
                    Assert.Fail($"{what}: (L L^T)({i}, {j}) is {error:e2} off A; the bound is {gamma * magnitude:e2}");
                }
            }
        }
    }
}
