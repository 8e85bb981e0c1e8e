using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Benchmarking.Workloads;

/// <summary>One Step of a method of the catalog: n x n, rank r, m = 5 n r Gaussian measurements; width 2 r where the rank need not be known.</summary>
/// <remarks>A peer runs the same method on its own dense routines; the pass over A is the library's for both.</remarks>
internal sealed class StepWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WorkloadSize _size;
    private readonly MethodDescription<T> _method;
    private readonly int _count;
    private readonly int _width;
    private readonly Dictionary<IBlas<T>, IIterativeMethod<T>> _running = [];

    public StepWorkload(WorkloadSize size, string method)
    {
        if (size.Rank > size.N)
        {
            throw new ToolException(ExitCode.Usage, $"--ranks is {size.Rank}; a {size.N} x {size.N} matrix has at most rank {size.N}.");
        }

        _size = size;
        _method = MethodCatalog<T>.All.Single(m => m.Name == method);
        _count = checked(5 * size.N * size.Rank);
        _width = _method.Rank == RankKnowledge.Exact ? size.Rank : 2 * size.Rank;
    }

    public override string Shape => $"{_size.N}x{_size.N}, m={_count}, width {_width}, {_method.Name}";

    public override double Flops => 4.0 * ElementsRead;

    public override LimitKind Limit => LimitKind.StreamRead;

    public override long ElementsRead => (long)_count * _size.N * _size.N;

    public override void Run(IBlas<T> blas, int repeats)
    {
        if (!_running.TryGetValue(blas, out IIterativeMethod<T>? method))
        {
            method = Start(blas);
            _running.Add(blas, method);
        }

        for (int i = 0; i < repeats; i++)
        {
            method.Step();
        }
    }

    private IIterativeMethod<T> Start(IBlas<T> blas)
    {
        DenseOperator<T> op = Own(DenseOperator<T>.Gaussian(blas, _size.N, _size.N, _count, seed: 1));
        PlantedOptions planted = new() { Rank = _size.Rank, ConditionNumber = 2, Seed = 2, Structure = _method.Structure };
        SensingProblem<T> problem = PlantedProblem<T>.Create(op, planted).Problem;
        IIterativeMethod<T> method = Own(_method.Create(problem, new MethodOptions { Width = _width }));
        method.Initialize();
        return method;
    }
}
