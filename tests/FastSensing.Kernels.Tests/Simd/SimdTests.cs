using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Simd;

/// <summary>The vocabulary of every tag, lane by lane against the same operation on numbers.</summary>
public abstract class SimdTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Tags => [.. TagTable.Available];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Operations_OfTheTag_AreThoseOfEachLane(string tag)
    {
        Visitor visitor = default;
        TagTable.Visit<T, Visitor>(tag, ref visitor);
        Assert.Equal(tag, visitor.Name);
    }

    private unsafe struct Visitor : IIsaVisitor<T>
    {
        public string Name;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            Name = TIsa.Name;
            int lanes = TIsa.Count;
            Assert.Equal(sizeof(TVector), lanes * sizeof(T));
            T[] x = Values(lanes, 1);
            T[] y = Values(lanes, 2);
            T[] z = Values(lanes, 3);
            fixed (T* px = x, py = y, pz = z)
            {
                TVector a = TIsa.Load(px);
                TVector b = TIsa.Load(py);
                TVector c = TIsa.Load(pz);
                AssertLanes(TIsa.Add(a, b), i => x[i] + y[i], T.Zero);
                AssertLanes(TIsa.Multiply(a, b), i => x[i] * y[i], T.Zero);
                AssertLanes(TIsa.Divide(a, b), i => x[i] / y[i], T.Zero);

                // Fused or not: one rounding of the product apart.
                T unit = T.BitIncrement(T.One) - T.One;
                AssertLanes(TIsa.MultiplyAdd(a, b, c), i => (x[i] * y[i]) + z[i], unit * T.CreateChecked(8));
                AssertLanes(TIsa.NegateMultiplyAdd(a, b, c), i => z[i] - (x[i] * y[i]), unit * T.CreateChecked(8));
                AssertLanes(TIsa.Zero, _ => T.Zero, T.Zero);
                AssertLanes(TIsa.Create(y[0]), _ => y[0], T.Zero);
                AssertLanes(TIsa.Broadcast(py + lanes - 1), _ => y[lanes - 1], T.Zero);
                T sum = TIsa.Sum(a);
                Assert.True(T.Abs(sum - x.Aggregate((p, q) => p + q)) <= unit * T.CreateChecked(lanes * 4), $"{Name}: the sum of the lanes is {sum}");
            }

            CheckMasks<TIsa, TVector>(x);
        }

        private readonly void CheckMasks<TIsa, TVector>(T[] x)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            for (int count = 1; count <= TIsa.Count; count++)
            {
                TVector mask = TIsa.Mask(count);
                var written = new T[TIsa.Count];
                written.AsSpan().Fill(T.NaN);
                fixed (T* px = x, target = written)
                {
                    AssertLanes(TIsa.LoadMasked(px, mask), i => i < count ? x[i] : T.Zero, T.Zero);
                    TIsa.StoreMasked(target, mask, TIsa.Load(px));
                }

                for (int i = 0; i < written.Length; i++)
                {
                    Assert.True(i < count ? written[i] == x[i] : T.IsNaN(written[i]), $"{Name}: masked store of {count}, lane {i} is {written[i]}");
                }
            }
        }

        private readonly void AssertLanes<TVector>(TVector vector, Func<int, T> expected, T tolerance, [CallerArgumentExpression(nameof(vector))] string what = "")
            where TVector : unmanaged
        {
            var lanes = new ReadOnlySpan<T>(&vector, sizeof(TVector) / sizeof(T));
            for (int i = 0; i < lanes.Length; i++)
            {
                Assert.True(T.Abs(lanes[i] - expected(i)) <= tolerance, $"{Name}, {what}: lane {i} is {lanes[i]}, not {expected(i)}");
            }
        }

        private static T[] Values(int count, int seed)
        {
            var random = new Random(seed);
            var values = new T[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = T.CreateChecked(random.NextDouble() + 0.25);
            }

            return values;
        }
    }
}

public sealed class SimdDoubleTests : SimdTests<double>;

public sealed class SimdSingleTests : SimdTests<float>;
