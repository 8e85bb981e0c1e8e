using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Level1;

/// <summary>The vector bodies of every tag, all lengths around their registers and unrolling, with NaN before and behind.</summary>
public abstract class Level1KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Tags => [.. TagTable.Available];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Dot_EveryLength_IsWithinItsBound(string tag) => ForEveryLength(tag, new DotCheck());

    [Theory]
    [MemberData(nameof(Tags))]
    public void Axpy_EveryLength_IsWithinItsBoundAndTouchesYOnly(string tag) => ForEveryLength(tag, new AxpyCheck());

    [Theory]
    [MemberData(nameof(Tags))]
    public void Scal_EveryLength_IsTheRoundedProduct(string tag) => ForEveryLength(tag, new ScalCheck());

    private static void ForEveryLength(string tag, ICheck check)
    {
        foreach (int length in ShapeLists.Lengths)
        {
            var visitor = new Visitor { Check = check, Length = length };
            TagTable.Visit<T, Visitor>(tag, ref visitor);
        }
    }

    private interface ICheck
    {
        void Run<TIsa, TVector>(TestMatrix<T> x, TestMatrix<T> y)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged;
    }

    private struct Visitor : IIsaVisitor<T>
    {
        public ICheck Check;
        public int Length;

        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            var random = new Random(Length);
            var x = new TestMatrix<T>(Length, 1).SetRandom(random);
            var y = new TestMatrix<T>(Length, 1, Layout.OffsetByOne).SetRandom(random);
            T[] saved = x.Save();
            Check.Run<TIsa, TVector>(x, y);
            y.AssertGuardsIntact($"y of length {Length}");
            x.AssertUnchanged(saved, $"x of length {Length}");
        }
    }

    private sealed unsafe class DotCheck : ICheck
    {
        public void Run<TIsa, TVector>(TestMatrix<T> x, TestMatrix<T> y)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            double dot;
            fixed (T* px = x.Vector, py = y.Vector)
            {
                dot = double.CreateChecked(Level1Kernel<TIsa, T, TVector>.Dot(x.Rows, px, py));
            }

            double error = DoubleDouble.Dot(x.ToDoubles(), y.ToDoubles()).DistanceTo(dot);
            double magnitude = x.ToDoubles().Zip(y.ToDoubles(), (a, b) => Math.Abs(a * b)).Sum();
            Assert.True(error <= Rounding.Gamma<T>(x.Rows + 1) * magnitude, $"{TIsa.Name}, length {x.Rows}: {error:e2} off");
        }
    }

    private sealed unsafe class AxpyCheck : ICheck
    {
        public void Run<TIsa, TVector>(TestMatrix<T> x, TestMatrix<T> y)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            T alpha = T.CreateChecked(-1.375);
            double[] before = y.ToDoubles();
            fixed (T* px = x.Vector, py = y.Vector)
            {
                Level1Kernel<TIsa, T, TVector>.Axpy(x.Rows, alpha, px, py);
            }

            double[] xs = x.ToDoubles();
            double[] after = y.ToDoubles();
            for (int i = 0; i < xs.Length; i++)
            {
                double error = new DoubleDouble(before[i], 0).AddProduct(-1.375, xs[i]).DistanceTo(after[i]);
                double bound = Rounding.Gamma<T>(2) * (Math.Abs(1.375 * xs[i]) + Math.Abs(before[i]));
                Assert.True(error <= bound, $"{TIsa.Name}, length {x.Rows}, element {i}: {error:e2} off");
            }
        }
    }

    private sealed unsafe class ScalCheck : ICheck
    {
        public void Run<TIsa, TVector>(TestMatrix<T> x, TestMatrix<T> y)
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            T alpha = T.CreateChecked(1.1);
            T[] before = y.Vector.ToArray();
            fixed (T* py = y.Vector)
            {
                Level1Kernel<TIsa, T, TVector>.Scal(y.Rows, alpha, py);
            }

            for (int i = 0; i < before.Length; i++)
            {
                Assert.True(alpha * before[i] == y.Vector[i], $"{TIsa.Name}, length {y.Rows}, element {i}");
            }
        }
    }
}

public sealed class Level1KernelDoubleTests : Level1KernelTests<double>;

public sealed class Level1KernelSingleTests : Level1KernelTests<float>;
