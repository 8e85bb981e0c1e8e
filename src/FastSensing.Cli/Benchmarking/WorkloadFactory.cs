using System.Numerics;
using FastSensing.Cli.Benchmarking.Workloads;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Benchmarking;

/// <summary>The operands of a routine, by its name.</summary>
internal static class WorkloadFactory
{
    /// <summary>Makes the workloads of one size one after the other: one, or for step one per method, for tile one per tile.</summary>
    /// <exception cref="ToolException">The size is too large to be held, or does not exist for the routine.</exception>
    public static IEnumerable<Func<Workload<T>>> Of<T>(string routine, WorkloadSize size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => routine switch
        {
            "step" => MethodCatalog<T>.All.Where(method => !method.NeedsEntries).Select(method => Sized(size, () => new StepWorkload<T>(size, method.Name))),
            "tile" => TileWorkload<T>.Family(size).Select(make => Sized(size, make)),
            _ => [Sized(size, () => Single<T>(routine, size))],
        };

    private static Workload<T> Single<T>(string routine, WorkloadSize size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => routine switch
        {
            "gemm" => new GemmWorkload<T>(size),
            "two-products" => new TwoProductsWorkload<T>(size),
            "gemm-plan" => new GemmPlanWorkload<T>(size),
            "gemv" => new GemvWorkload<T>(size),
            "syrk" => new SyrkWorkload<T>(size),
            "trsm" => new TrsmWorkload<T>(size),
            "potrf" => new PotrfWorkload<T>(size),
            "sensing" => new SensingWorkload<T>(size),
            _ => throw new ArgumentOutOfRangeException(nameof(routine), routine, "There is no such routine."),
        };

    private static Func<Workload<T>> Sized<T>(WorkloadSize size, Func<Workload<T>> make)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => () =>
        {
            try
            {
                return make();
            }
            catch (OverflowException tooLarge)
            {
                throw new ToolException(ExitCode.Usage, $"--sizes {size.N} is too large: an operand would have more than 2^31 elements.", tooLarge);
            }
        };
}
