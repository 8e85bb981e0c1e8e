using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores of every tag against plain sums: one and several registers a row, empty rows and columns.</summary>
public abstract class EntrySensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Tags => [.. TagTable.Available];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Forward_Entries_AreTheirDotProducts(string tag) => ForEveryShape(problem =>
    {
        problem.Run(tag, SensingProduct.Forward);
        problem.AssertForward(residual: false);
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_Entries_AreTheSparseProducts(string tag) => ForEveryShape(problem =>
    {
        problem.Run(tag, SensingProduct.Adjoint);
        problem.AssertProducts(problem.Input.ToDoubles());
    });

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_Entries_AreResidualAndItsProducts(string tag) => ForEveryShape(problem =>
    {
        double squared = double.CreateChecked(problem.Run(tag, SensingProduct.ResidualAdjoint));
        double[] residual = problem.Output.ToDoubles();
        problem.AssertForward(residual: true);
        problem.AssertProducts(residual);
        SensingSums.AssertWithin<T>(residual, residual, squared, "the squared norm");
    });

    /// <summary>Empty rows and columns with one and several registers a row, and one in twenty of the shapes that kernels elsewhere are tried with.</summary>
    private static void ForEveryShape(Action<EntrySensingProblem<T>> check)
    {
        int[] rows = [3, 0, 5, 0, 3, 3, 5, 1];
        int[] columns = [0, 4, 1, 0, 4, 2, 5, 1];
        Check((6, 7), rows, columns, 1, check);
        Check((6, 7), rows, columns, 3, check);
        foreach (EntryShape shape in ShapeLists.Entries.Where(shape => shape.Seed % 20 == 0))
        {
            int[] positions = [.. Enumerable.Range(0, shape.Rows * shape.Columns)];
            new Random(shape.Seed).Shuffle(positions);
            int[] taken = positions[..shape.Count];
            Check(
                (shape.Rows, shape.Columns), Array.ConvertAll(taken, at => at / shape.Columns), Array.ConvertAll(taken, at => at % shape.Columns),
                shape.CacheLines, check);
        }
    }

    private static void Check((int Rows, int Columns) shape, int[] rows, int[] columns, int cacheLines, Action<EntrySensingProblem<T>> check)
    {
        using EntrySensingProblem<T> problem = new(shape, rows, columns, cacheLines * Scratch<T>.LengthOf(1));
        check(problem);
        problem.AssertIntact();
    }
}
