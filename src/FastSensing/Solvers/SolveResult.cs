using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Solvers.Observers;

namespace FastSensing.Solvers;

/// <summary>How a run ended and with which factors: X = Left Right^T.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A result of <see cref="Solver.Run"/> sees the factors through the method: they are valid until its next step or its
/// disposal. A result of MatrixSensing.Solve owns its factors.
/// </remarks>
public readonly struct SolveResult<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IIterativeMethod<T>? _method;
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly int _rows;
    private readonly int _columns;

    internal SolveResult(IIterativeMethod<T> method, SolveStatus status, double seconds, long allocatedBytes)
    {
        IterationInfo<T> last = method.Current;
        _method = method;
        _left = [];
        _right = [];
        Method = method.Name;
        Status = status;
        Rank = last.Left.Columns;
        Iterations = last.Progress.Iteration;
        Loss = last.Progress.Loss;
        RelativeResidual = last.Progress.RelativeResidual;
        Seconds = seconds;
        AllocatedBytesPerIteration = (double)allocatedBytes / Math.Max(1, Iterations);
    }

    internal SolveResult(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        (_left, _rows) = (Copy(left), left.Rows);
        (_right, _columns) = (Copy(right), right.Rows);
        Rank = left.Columns;
        Method = "";
    }

    /// <summary>L, n1 x Rank.</summary>
    public ReadOnlyMatrixSpan<T> Left => _method is { } method ? method.Current.Left : new(_left, _rows, Rank);

    /// <summary>R, n2 x Rank; equal to <see cref="Left"/> for symmetric problems.</summary>
    public ReadOnlyMatrixSpan<T> Right => _method is { } method ? method.Current.Right : new(_right, _columns, Rank);

    /// <summary>Number of columns of the factors.</summary>
    public int Rank { get; }

    /// <summary>Name of the method, as in MethodCatalog, or "solve".</summary>
    public string Method { get; internal init; }

    /// <summary>Why the run ended.</summary>
    public SolveStatus Status { get; internal init; }

    /// <summary>Steps made.</summary>
    public int Iterations { get; internal init; }

    /// <summary>1/2 ||A(X) - y||^2 / s^2, or 1/4 ||A(X) - y||^2 / s^2 for symmetric problems.</summary>
    public double Loss { get; internal init; }

    /// <summary>||A(X) - y|| / ||y||.</summary>
    public double RelativeResidual { get; internal init; }

    /// <summary>
    /// ||A_h(X) - y_h|| / ||y_h|| over measurements that X was not fitted to, where some were held out: what to expect
    /// of new measurements.
    /// </summary>
    public double? HoldOutResidual { get; internal init; }

    /// <summary>Time spent in steps; initialisation and observers are not counted.</summary>
    public double Seconds { get; internal init; }

    /// <summary>Time per step.</summary>
    public double SecondsPerIteration => Seconds / Math.Max(1, Iterations);

    /// <summary>Bytes allocated on the managed heap per step; 0 is what the library promises.</summary>
    public double AllocatedBytesPerIteration { get; internal init; }

    /// <summary>The recorded iterates, where recording was asked for.</summary>
    public Trace<T>? Trace { get; internal init; }

    /// <summary>
    /// The likely cause and the remedy when the status is not Converged; with Converged, what the measurements leave
    /// undetermined all the same (fewer than the degrees of freedom, or few for them where there is noise; a row or column
    /// without any entry); else null. After <see cref="Solver.Run"/> always null unless its options had a Diagnosis to watch
    /// the run.
    /// </summary>
    public string? Diagnosis { get; internal init; }

    private static T[] Copy(ReadOnlyMatrixSpan<T> matrix)
    {
        T[] copy = new T[matrix.Rows * matrix.Columns];
        matrix.CopyTo(new MatrixSpan<T>(copy, matrix.Rows, matrix.Columns));
        return copy;
    }
}
