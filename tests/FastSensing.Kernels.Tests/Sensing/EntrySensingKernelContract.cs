using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Testing.Tags;

namespace FastSensing.Kernels.Tests.Sensing;

/// <summary>The entry sensing cores of every tag against plain sums: one and several registers a row, empty rows and columns.</summary>
public abstract class EntrySensingKernelContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, int> Tags
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string tag in TagTable.Available)
            {
                data.Add(tag, Scratch<T>.LengthOf(1));
                data.Add(tag, 3 * Scratch<T>.LengthOf(1));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Forward_Entries_AreTheirDotProducts(string tag, int width)
    {
        using EntrySensingProblem<T> problem = Create(width);
        problem.Run(tag, SensingProduct.Forward);
        problem.AssertForward(residual: false);
        problem.AssertIntact();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Adjoint_Entries_AreTheSparseProducts(string tag, int width)
    {
        using EntrySensingProblem<T> problem = Create(width);
        problem.Run(tag, SensingProduct.Adjoint);
        problem.AssertProducts(problem.Input.ToDoubles());
        problem.AssertIntact();
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void ResidualAdjoint_Entries_AreResidualAndItsProducts(string tag, int width)
    {
        using EntrySensingProblem<T> problem = Create(width);
        double squared = double.CreateChecked(problem.Run(tag, SensingProduct.ResidualAdjoint));
        double[] residual = problem.Output.ToDoubles();
        problem.AssertForward(residual: true);
        problem.AssertProducts(residual);
        SensingSums.AssertWithin<T>(residual, residual, squared, "the squared norm");
        problem.AssertIntact();
    }

    private static EntrySensingProblem<T> Create(int width) => new((6, 7), [3, 0, 5, 0, 3, 3, 5, 1], [0, 4, 1, 0, 4, 2, 5, 1], width);
}
