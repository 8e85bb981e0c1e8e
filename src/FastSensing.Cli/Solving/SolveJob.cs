using System.Numerics;
using FastSensing.Cli.BackEnds;
using FastSensing.Cli.Output;
using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Causes;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.Stopping;
using Spectre.Console;

namespace FastSensing.Cli.Solving;

/// <summary>One solve from a file to files: read, solve, write, report.</summary>
internal sealed class SolveJob<T>(SolveRequest request, SolveOutputs outputs, ToolConsole console)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int DefaultIterations = 10_000;
    private const int TraceCapacity = 1 << 16;
    private const int WarmUpSteps = 5;
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MovingInterval = TimeSpan.FromMilliseconds(100);
    private readonly IBlas<T> _blas = BackEndChoice.Create<T>(request.Blas, request.Threads, console, BackEndTrial.DefaultLimit);

    private IIterativeMethod<T>? _method; // Kept to the end: the result of a single method shows its factors.

    public ExitCode Run(CancellationToken cancellation)
    {
        try
        {
            return ReadSolveWrite(cancellation);
        }
        finally
        {
            _method?.Dispose();
            (_blas as IDisposable)?.Dispose();
        }
    }

    private ExitCode ReadSolveWrite(CancellationToken cancellation)
    {
        using StoredProblem<T> stored = Files.Read(
            request.Problem, name => ProblemFile.Read(name, _blas, request.Structure, request.Rank, cancellation));
        Announce(stored);
        Trace<T> trace = new(TraceCapacity, Errors(stored));
        SolveResult<T> result = Watch(progress => Solve(stored.Problem, trace, progress, cancellation));
        if (result.Status == SolveStatus.Cancelled)
        {
            return ExitCode.Interrupted;
        }

        SolveReport report = Report(stored, result);
        outputs.Write(file => WriteFactors(file, result), file => TraceTable.Write(file, trace.Points));
        report.Write(console.Out, request.Form);
        return Judge(result);
    }

    private static RecoveryErrorObserver<T>? Errors(StoredProblem<T> stored) => stored.Truth is ReadOnlyMemory<T> truth
        ? new RecoveryErrorObserver<T>(new ReadOnlyMatrixSpan<T>(truth.Span, stored.Problem.Operator.Rows, stored.Problem.Operator.Columns))
        : null;

    private SolveResult<T> Solve(SensingProblem<T> problem, Trace<T> trace, ProgressObserver<T> progress, CancellationToken cancellation)
    {
        double tolerance = request.Tolerance ?? DefaultTolerance.Of<T>();
        try
        {
            if (request.Method is not int row)
            {
                SolveOptions<T> options = new()
                {
                    Tolerance = request.Tolerance,
                    MaximumIterations = request.Iterations,
                    Seed = request.Seed,
                    Trace = trace,
                    Progress = progress.Observe,
                };
                return MatrixSensing.Solve(problem, options, cancellation);
            }

            return RunMethod(MethodCatalog<T>.All[row], problem, tolerance, new ObserverGroup<T>(trace, progress), cancellation);
        }
        catch (ArgumentException refused)
        {
            throw Refuse(problem, Files.WithoutParameter(refused), refused);
        }
        catch (OverflowException large)
        {
            throw Refuse(problem, "This is larger than the solver can handle.", large);
        }
        catch (OutOfMemoryException full)
        {
            throw Refuse(problem, "There is not enough memory to solve this.", full);
        }
    }

    private ToolException Refuse(SensingProblem<T> problem, string why, Exception cause)
    {
        IMeasurementOperator<T> op = problem.Operator;
        return new ToolException(ExitCode.InputRefused, $"{request.Problem}: {why} (X is {op.Rows} x {op.Columns}, m = {op.MeasurementCount}.)", cause);
    }

    private SolveResult<T> RunMethod(
        MethodDescription<T> method, SensingProblem<T> problem, double tolerance, IIterationObserver<T> observer, CancellationToken cancellation)
    {
        _method = method.Create(problem, new MethodOptions
        {
            StepSize = request.StepSize,
            Damping = request.Damping,
            InitialScale = request.InitialScale,
            Seed = request.Seed,
        });
        StoppingCriterion stop = new StopWhenResidualBelow(tolerance)
            | new StopAfterIterations(request.Iterations ?? DefaultIterations);
        RunOptions<T> options = new()
        {
            Observer = Checkpoints(_method, observer),
            Diagnosis = new RunDiagnosis<T>(_method),
            CancellationToken = cancellation,
        };
        if (request.WarmUp)
        {
            Solver.Run(_method, new StopAfterIterations(WarmUpSteps), new RunOptions<T> { Observer = new Trace<T>(WarmUpSteps + 1), CancellationToken = cancellation });
            _method.Restart(problem.Measurements.Span);
        }

        SolveResult<T> result = Solver.Run(_method, stop, options);
        if (request.Checkpoint is string path)
        {
            Files.Write(path, () => CheckpointFile.Write(path, _method));
            console.Say($"{path}: checkpoint of iteration {Figures.Count(result.Iterations)}");
        }

        return result;
    }

    /// <summary>Goes on from a checkpoint, and writes them, as asked for.</summary>
    private IIterationObserver<T> Checkpoints(IIterativeMethod<T> method, IIterationObserver<T> observer)
    {
        if (request.Resume is string resumed)
        {
            Files.Read(resumed, name =>
            {
                CheckpointFile.Read(name, method);
                return name;
            });
        }

        return request.Checkpoint is string path
            ? new ObserverGroup<T>(observer, new CheckpointObserver<T>(path, method, CheckpointInterval))
            : observer;
    }

    private SolveResult<T> Watch(Func<ProgressObserver<T>, SolveResult<T>> solve)
    {
        if (!console.Interactive)
        {
            return solve(new ProgressObserver<T>(PlainInterval, console.Say));
        }

        return console.Talk().Status().Start("starting", status =>
            solve(new ProgressObserver<T>(MovingInterval, text => status.Status(text.EscapeMarkup()))));
    }

    private void Announce(StoredProblem<T> stored)
    {
        SensingProblem<T> problem = stored.Problem;
        IMeasurementOperator<T> op = problem.Operator;
        string symmetric = problem.Structure == MatrixStructure.Symmetric ? "symmetric " : string.Empty;
        string freedom = request.Rank is int rank ? $", {Figures.Count(DegreesOfFreedom(problem, rank))} degrees of freedom at rank {rank}" : string.Empty;
        console.Say($"{request.Problem}: m = {Figures.Count(op.MeasurementCount)} measurements of a {symmetric}{op.Rows} x {op.Columns} matrix: {Figures.Count(problem.Unknowns)} unknowns{freedom}");
    }

    /// <summary>Of matrices of a rank; of all matrices where the factors are wider than X.</summary>
    private static long DegreesOfFreedom(SensingProblem<T> problem, int rank) =>
        problem.DegreesOfFreedom(Math.Min(rank, Math.Min(problem.Operator.Rows, problem.Operator.Columns)));

    private SolveReport Report(StoredProblem<T> stored, SolveResult<T> result)
    {
        SensingProblem<T> problem = stored.Problem;
        IMeasurementOperator<T> op = problem.Operator;
        return new SolveReport
        {
            Problem = request.Problem,
            Method = result.Method,
            Status = result.Status,
            Structure = problem.Structure,
            Rows = op.Rows,
            Columns = op.Columns,
            Measurements = op.MeasurementCount,
            Unknowns = problem.Unknowns,
            Rank = result.Rank,
            DegreesOfFreedom = DegreesOfFreedom(problem, result.Rank),
            Iterations = result.Iterations,
            Loss = result.Loss,
            RelativeResidual = result.RelativeResidual,
            HoldOutResidual = result.HoldOutResidual,
            RecoveryError = stored.Truth is ReadOnlyMemory<T> truth
                ? MatrixSensing.RecoveryError(result.Left, result.Right, new ReadOnlyMatrixSpan<T>(truth.Span, op.Rows, op.Columns))
                : null,
            Seconds = result.Seconds,
            SecondsPerIteration = result.SecondsPerIteration,
            AllocatedBytesPerIteration = result.AllocatedBytesPerIteration,
            Blas = _blas.Name,
            Precision = default(T) is float ? "fp32" : "fp64",
            Diagnosis = result.Diagnosis,
        };
    }

    private void WriteFactors(NpzWriter output, SolveResult<T> result)
    {
        (int rows, int columns, int rank) = (result.Left.Rows, result.Right.Rows, result.Rank);
        using AlignedBuffer<T> x = new((nint)rows * columns);
        _blas.Gemm(T.One, result.Left, result.Right.Transpose(), T.Zero, x.Matrix(rows, columns));
        output.Add<T>("X", x.Span, rows, columns);
        AddDense("Left", result.Left);
        AddDense("Right", result.Right);

        void AddDense(string name, ReadOnlyMatrixSpan<T> factor)
        {
            using NpyWriter<T> array = output.Begin<T>(name, factor.Rows, rank);
            T[] row = new T[rank];
            for (int i = 0; i < factor.Rows; i++)
            {
                for (int j = 0; j < rank; j++)
                {
                    row[j] = factor[i, j];
                }

                array.Write(row);
            }

            array.Complete();
        }
    }

    private ExitCode Judge(SolveResult<T> result)
    {
        if (result.Status == SolveStatus.Converged || (result.Status == SolveStatus.IterationLimit && request.EndsByIterations))
        {
            return ExitCode.Success;
        }

        console.Say($"Not converged ({result.Status}).");
        return ExitCode.NotConverged;
    }
}
