using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.Diagnostics;
using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.LeastSquares;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Cli.Comparing;

/// <summary>Runs methods of the catalog on the same problems and shows what each took.</summary>
internal sealed class CompareJob<T>(CompareRequest request, ToolConsole console)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Steps of a first run that only compiles.</summary>
    private const int WarmUpSteps = 5;

    /// <summary>Of the minimum-norm solution: more than its error is printed with. The steps are reached only where m is within a few percent of the unknowns.</summary>
    private const double Accuracy = 1e-5;

    private const int MinimumNormSteps = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly IBlas<T> _blas = BackEndChoice.Create<T>(request.Blas, request.Threads, console, BackEndTrial.DefaultLimit);
    private readonly List<MethodOutcome>[] _outcomes = [.. request.Methods.Select(_ => new List<MethodOutcome>())];
    private readonly string?[] _refusals = new string?[request.Methods.Count];
    private readonly List<double> _minimumNormErrors = [];
    private long _said = Stopwatch.GetTimestamp();

    public ExitCode Run(CancellationToken cancellation)
    {
        try
        {
            using ComparedProblem<T> problems = new(request, _blas);
            StoredProblem<T> stored = problems.Open(request.Seed, cancellation);
            for (int i = 0; i < request.Seeds; i++)
            {
                stored = problems.Open(request.Seed + (ulong)i, cancellation);
                MeasureMinimumNorm(stored, cancellation);
                RunAll(stored, i, cancellation);
            }

            Show(Report(stored));
            return ExitCode.Success;
        }
        finally
        {
            (_blas as IDisposable)?.Dispose();
        }
    }

    /// <summary>The error of what fits y without regard to rank, where the truth is known.</summary>
    private void MeasureMinimumNorm(StoredProblem<T> stored, CancellationToken cancellation)
    {
        if (Truth(stored) is { IsEmpty: false } truth)
        {
            T[] x = MinimumNorm.Solve(stored.Problem, Accuracy, MinimumNormSteps, cancellation);
            cancellation.ThrowIfCancellationRequested();
            _minimumNormErrors.Add(RecoveryError.Of(new ReadOnlyMatrixSpan<T>(x, truth.Rows, truth.Columns), truth));
        }
    }

    private void RunAll(StoredProblem<T> stored, int index, CancellationToken cancellation)
    {
        for (int i = 0; i < request.Methods.Count; i++)
        {
            MethodDescription<T> method = MethodCatalog<T>.All[request.Methods[i]];
            if (_refusals[i] is not null)
            {
                continue;
            }

            if (Stopwatch.GetElapsedTime(_said) >= Interval)
            {
                console.Say($"seed {index + 1} of {request.Seeds}: {method.Title}");
                _said = Stopwatch.GetTimestamp();
            }

            try
            {
                if (index == 0)
                {
                    RunOne(method, stored, WarmUpSteps, cancellation);
                }

                _outcomes[i].Add(RunOne(method, stored, request.Iterations, cancellation));
            }
            catch (ArgumentException refused)
            {
                _refusals[i] = Files.WithoutParameter(refused);
            }
        }
    }

    private MethodOutcome RunOne(MethodDescription<T> description, StoredProblem<T> stored, int iterations, CancellationToken cancellation)
    {
        SensingProblem<T> problem = stored.Problem;
        CountingOperator<T> op = CountingOperator<T>.Around(problem.Operator);
        MethodOptions options = new() { Width = description.Rank == RankKnowledge.Exact ? request.Rank : request.Width ?? request.Rank, Seed = request.Seed };
        SensingProblem<T> counted = new(op, problem.Measurements, problem.Structure, problem.Rank);
        using IIterativeMethod<T> method = description.Create(counted, options);
        MilestoneObserver<T> milestones = new(Errors(stored), () => op.Calls);
        StoppingCriterion stop = new StopWhenResidualBelow(DefaultTolerance.Of<T>() / 100) | new StopAfterIterations(iterations);
        SolveResult<T> result = Solver.Run(method, stop, new RunOptions<T> { Observer = milestones, CancellationToken = cancellation });
        cancellation.ThrowIfCancellationRequested();
        return new MethodOutcome { Status = result.Status, Reached = milestones.Reached, Total = milestones.Total, Error = milestones.Error };
    }

    private static RecoveryErrorObserver<T>? Errors(StoredProblem<T> stored) =>
        Truth(stored) is { IsEmpty: false } truth ? new RecoveryErrorObserver<T>(truth) : null;

    private static ReadOnlyMatrixSpan<T> Truth(StoredProblem<T> stored) => stored.Truth is ReadOnlyMemory<T> truth
        ? new ReadOnlyMatrixSpan<T>(truth.Span, stored.Problem.Operator.Rows, stored.Problem.Operator.Columns)
        : default;

    private void Show(CompareReport report)
    {
        if (request.Form == CompareForm.Json)
        {
            report.WriteJson(console.Out);
        }
        else
        {
            CompareTable.Show(console, report, request.Form);
        }
    }

    private CompareReport Report(StoredProblem<T> stored)
    {
        SensingProblem<T> problem = stored.Problem;
        IMeasurementOperator<T> op = problem.Operator;
        long? freedom = request.Rank is int rank && rank <= Math.Min(op.Rows, op.Columns) ? problem.DegreesOfFreedom(rank) : null;
        return new CompareReport
        {
            Problem = request.Problem ?? Describe(),
            Sizes = new ComparedSizes(op.Rows, op.Columns, op.MeasurementCount, problem.Unknowns, freedom),
            MinimumNormError = _minimumNormErrors.Count > 0 ? _minimumNormErrors.Order().ElementAt(_minimumNormErrors.Count / 2) : null,
            Seeds = request.Seeds,
            HasTruth = stored.Truth is not null,
            Blas = _blas.Name,
            Precision = default(T) is float ? "fp32" : "fp64",
            Rows = [.. request.Methods.Select((row, i) => new CompareRow
            {
                Method = MethodCatalog<T>.All[row].Name,
                Title = MethodCatalog<T>.All[row].Title,
                Refusal = _refusals[i],
                Outcomes = _outcomes[i],
            })],
        };
    }

    private string Describe()
    {
        string symmetric = request.Structure == MatrixStructure.Symmetric ? ", symmetric" : string.Empty;
        string noise = request.Noise > 0 ? string.Create(CultureInfo.InvariantCulture, $", noise {request.Noise}") : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture, $"planted rank {request.Rank}, condition number {request.ConditionNumber}{symmetric}{noise}, {request.Kind}");
    }
}
