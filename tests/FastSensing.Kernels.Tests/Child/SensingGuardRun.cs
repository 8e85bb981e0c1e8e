using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Sensing;
using FastSensing.Kernels.Tests.Sensing;
using FastSensing.Testing.Matrices;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>Random calls of every sensing core of a tag, as those of the dense routines in <see cref="GuardPageRun"/>; the tables of indices are guarded too.</summary>
internal static class SensingGuardRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Calls = 200;
    private const int LargestCount = 13;
    private const int LargestLength = 150;
    private const int LargestSide = 9;

    private static readonly Layout[] Layouts = [Layout.Dense, Layout.OffsetByOne, Layout.Padded];
    private static readonly SensingProduct[] Products = Enum.GetValues<SensingProduct>();

    public static void Execute(string tag, Placement placement, Random random)
    {
        for (int call = 0; call < Calls; call++)
        {
            SensingProduct product = Products[call % Products.Length];
            Dense(tag, product, placement, random);
            Entries(tag, product, placement, random);
        }
    }

    private static void Dense(string tag, SensingProduct product, Placement placement, Random random)
    {
        int length = random.Next(2) == 0 ? random.Next(20) : random.Next(LargestLength + 1);
        using var problem = new DenseSensingProblem<T>(
            random.Next(LargestCount + 1), length, Layouts[random.Next(Layouts.Length)], selected: random.Next(2) == 0, placement);
        Console.WriteLine($"{tag}, {product}: {problem}");
        problem.Run(tag, product);
        if (product == SensingProduct.Forward)
        {
            problem.AssertForward();
        }
        else
        {
            problem.AssertAdjoint((product == SensingProduct.Adjoint ? problem.Y : problem.Residual).ToDoubles());
        }

        problem.AssertIntact();
    }

    private static void Entries(string tag, SensingProduct product, Placement placement, Random random)
    {
        (int rows, int columns) = (random.Next(1, LargestSide + 1), random.Next(1, LargestSide + 1));
        int[] cells = new int[rows * columns];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = cell;
        }

        random.Shuffle(cells);
        cells = cells[..random.Next(cells.Length + 1)];
        int width = (1 + random.Next(3)) * Scratch<T>.LengthOf(1);
        using var problem = new EntrySensingProblem<T>(
            (rows, columns), Array.ConvertAll(cells, c => c / columns), Array.ConvertAll(cells, c => c % columns), width, placement);
        Console.WriteLine($"{tag}, {product}: {problem}");
        problem.Run(tag, product);
        if (product != SensingProduct.Adjoint)
        {
            problem.AssertForward(residual: product == SensingProduct.ResidualAdjoint);
        }

        if (product != SensingProduct.Forward)
        {
            problem.AssertProducts((product == SensingProduct.Adjoint ? problem.Input : problem.Output).ToDoubles());
        }

        problem.AssertIntact();
    }
}
