using System.Numerics;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The dense sensing cores of every tag against plain sums: all remainders of rows and lanes, offsets, strides, selections.</summary>
public abstract unsafe class DenseSensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, Layout> Tags
    {
        get
        {
            TheoryData<string, Layout> data = [];
            foreach (string tag in TagTable.Available)
            {
                data.Add(tag, Layout.Dense);
                data.Add(tag, Layout.OffsetByOne);
                data.Add(tag, Layout.Padded);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Forward_EveryRemainder_IsWithinItsBound(string tag, Layout layout) => ForEveryShape(layout, problem =>
    {
        Run(tag, SensingProduct.Forward, problem);
        double[] x = problem.X.ToDoubles();
        for (int i = 0; i < problem.Count; i++)
        {
            AssertWithin(problem, problem.Row(i).Zip(x, (p, q) => p * q), double.CreateChecked(problem.Residual.Vector[i]));
        }

        Assert.All(problem.G.Vector.ToArray(), g => Assert.True(T.IsNaN(g)));
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_EveryRemainder_IsWithinItsBound(string tag, Layout layout) => ForEveryShape(layout, problem =>
    {
        Run(tag, SensingProduct.Adjoint, problem);
        AssertAdjoint(problem, problem.Y.ToDoubles());
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_EveryRemainder_IsForwardLessYAndItsAdjoint(string tag, Layout layout) => ForEveryShape(layout, problem =>
    {
        Run(tag, SensingProduct.Forward, problem);
        T[] forward = problem.Residual.Vector.ToArray();
        double squared = double.CreateChecked(Run(tag, SensingProduct.ResidualAdjoint, problem));
        for (int i = 0; i < forward.Length; i++)
        {
            Assert.Equal(forward[i] - problem.Y.Vector[i], problem.Residual.Vector[i]);
        }

        double[] residual = problem.Residual.ToDoubles();
        AssertAdjoint(problem, residual);
        AssertWithin(problem, residual.Select(r => r * r), squared);

        // The fused pass adds the rows in the order of the separate one: the same bits.
        T[] fused = problem.G.Vector.ToArray();
        problem.Residual.Vector.CopyTo(problem.Y.Vector);
        Run(tag, SensingProduct.Adjoint, problem);
        Assert.Equal(fused, problem.G.Vector.ToArray());
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_NaNInY_StaysInItsResidualAndReachesG(string tag, Layout layout)
    {
        DenseSensingProblem<T> problem = new(7, 13, layout, false);
        problem.Y.Vector[5] = T.NaN;
        Assert.True(T.IsNaN(Run(tag, SensingProduct.ResidualAdjoint, problem)));
        Assert.Equal([5], Enumerable.Range(0, 7).Where(i => T.IsNaN(problem.Residual.Vector[i])));
        Assert.All(problem.G.Vector.ToArray(), g => Assert.True(T.IsNaN(g)));
    }

    [Fact]
    public void RowTable_BeyondTheReachOfAnInt_CountsIn64Bits()
    {
        const int Stride = 100_003;
        int* selection = stackalloc int[] { 1_000_001 };
        RowTable<T> all = new(null, Stride, Stride, null, 2_000_000);
        RowTable<T> some = new(null, Stride, Stride, selection, 1);
        Assert.Equal(1_000_001L * Stride * sizeof(T), (long)all.Row(1_000_001));
        Assert.Equal(1_000_001L * Stride * sizeof(T), (long)some.Row(0));
    }

    private static void ForEveryShape(Layout layout, Action<DenseSensingProblem<T>> check)
    {
        foreach (DenseShape shape in ShapeLists.Dense)
        {
            DenseSensingProblem<T> problem = new(shape.Count, shape.Length, layout, shape.Selected);
            check(problem);
            problem.AssertIntact();
        }
    }

    private static T Run(string tag, SensingProduct product, DenseSensingProblem<T> problem)
    {
        fixed (T* a = problem.A.View, x = problem.X.Vector, y = problem.Y.Vector, residual = problem.Residual.Vector, g = problem.G.Vector)
        fixed (int* selection = problem.Selection)
        {
            DenseProductCall<T> call = new()
            {
                Product = product,
                A = new RowTable<T>(a, problem.A.RowStride, problem.A.Columns, selection, problem.Count),
                X = x,
                Y = y,
                Residual = residual,
                G = g,
            };
            TagTable.Visit<T, DenseProductCall<T>>(tag, ref call);
            return call.Squared;
        }
    }

    private static void AssertAdjoint(DenseSensingProblem<T> problem, double[] z)
    {
        for (int j = 0; j < problem.A.Columns; j++)
        {
            AssertWithin(problem, z.Select((zi, i) => zi * problem.Row(i)[j]), double.CreateChecked(problem.G.Vector[j]));
        }
    }

    private static void AssertWithin(DenseSensingProblem<T> problem, IEnumerable<double> terms, double actual)
    {
        double[] all = [.. terms];
        double bound = Rounding.Gamma<T>(all.Length + 2) * all.Sum(Math.Abs);
        double error = Math.Abs(all.Sum() - actual);
        Assert.True(error <= bound, $"{problem.Count} rows of {problem.A.Columns}: {actual} is {error} off, bound {bound}.");
    }
}
