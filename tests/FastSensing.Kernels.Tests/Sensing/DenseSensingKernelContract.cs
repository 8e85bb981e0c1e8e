using System.Numerics;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The dense sensing cores of every tag against plain sums: all remainders of rows and lanes, offsets, strides, selections.</summary>
public abstract unsafe class DenseSensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StoredRows = 11;

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
        problem.Run(tag, SensingProduct.Forward);
        problem.AssertForward();
        Assert.All(problem.G.Vector.ToArray(), g => Assert.True(T.IsNaN(g)));
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_EveryRemainder_IsWithinItsBound(string tag, Layout layout) => ForEveryShape(layout, problem =>
    {
        problem.Run(tag, SensingProduct.Adjoint);
        problem.AssertAdjoint(problem.Y.ToDoubles());
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_EveryRemainder_IsForwardLessYAndItsAdjoint(string tag, Layout layout) => ForEveryShape(layout, problem =>
    {
        problem.Run(tag, SensingProduct.Forward);
        T[] forward = problem.Residual.Vector.ToArray();
        double squared = double.CreateChecked(problem.Run(tag, SensingProduct.ResidualAdjoint));
        for (int i = 0; i < forward.Length; i++)
        {
            Assert.Equal(forward[i] - problem.Y.Vector[i], problem.Residual.Vector[i]);
        }

        double[] residual = problem.Residual.ToDoubles();
        problem.AssertAdjoint(residual);
        SensingSums.AssertWithin<T>(residual, residual, squared, "the squared norm");

        // The fused pass adds the rows in the order of the separate one: the same bits.
        T[] fused = problem.G.Vector.ToArray();
        problem.Residual.Vector.CopyTo(problem.Y.Vector);
        problem.Run(tag, SensingProduct.Adjoint);
        Assert.Equal(fused, problem.G.Vector.ToArray());
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_NaNInY_StaysInItsResidualAndReachesG(string tag, Layout layout)
    {
        using DenseSensingProblem<T> problem = new(7, 13, layout, false);
        problem.Y.Vector[5] = T.NaN;
        Assert.True(T.IsNaN(problem.Run(tag, SensingProduct.ResidualAdjoint)));
        Assert.Equal([5], Enumerable.Range(0, 7).Where(i => T.IsNaN(problem.Residual.Vector[i])));
        Assert.All(problem.G.Vector.ToArray(), g => Assert.True(T.IsNaN(g)));
    }

    /// <summary>Whatever the number of rows: none of them is multiplied by a zero that is not in z.</summary>
    [Theory]
    [MemberData(nameof(Tags))]
    public void Products_InfiniteElementOfA_IsInfiniteInItsRowAndColumnOnly(string tag, Layout layout)
    {
        const int Length = 21;
        for (int count = 1; count <= StoredRows; count++)
        {
            for (int row = 0; row < count; row++)
            {
                using DenseSensingProblem<T> problem = new(count, Length, layout, false);
                problem.A.View[row, row] = T.PositiveInfinity;
                problem.X.Vector.Fill(T.One);
                problem.Y.Vector.Fill(-T.One);
                problem.Run(tag, SensingProduct.Adjoint);
                AssertInfinite(problem.G, row, T.NegativeInfinity);
                problem.Run(tag, SensingProduct.Forward);
                AssertInfinite(problem.Residual, row, T.PositiveInfinity);
            }
        }
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

    private static void AssertInfinite(TestMatrix<T> vector, int at, T infinity)
    {
        for (int i = 0; i < vector.Rows; i++)
        {
            Assert.True(i == at ? vector.Vector[i] == infinity : T.IsFinite(vector.Vector[i]), $"element {i} is {vector.Vector[i]}, the infinity belongs to {at}");
        }
    }

    private static void ForEveryShape(Layout layout, Action<DenseSensingProblem<T>> check)
    {
        foreach (DenseShape shape in ShapeLists.Dense)
        {
            using DenseSensingProblem<T> problem = new(shape.Count, shape.Length, layout, shape.Selected);
            check(problem);
            problem.AssertIntact();
        }
    }
}
