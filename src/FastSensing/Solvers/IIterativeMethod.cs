using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;

namespace FastSensing.Solvers;

/// <summary>One published method bound to one problem: options and workspace were fixed at construction.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: everything at construction; no member here allocates. Not thread-safe; one instance per thread.</remarks>
public interface IIterativeMethod<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name under which MethodCatalog lists the method.</summary>
    string Name { get; }

    /// <summary>The problem, as given at construction.</summary>
    SensingProblem<T> Problem { get; }

    /// <summary>The current iterate; its Seconds are filled in by the driver.</summary>
    IterationInfo<T> Current { get; }

    /// <summary>
    /// Goes to the initial point (iteration 0) for the current measurements, and evaluates it. Right after
    /// <see cref="InitializeAt"/>, <see cref="Restart"/> or <see cref="ContinueWith"/> that has been done already.
    /// </summary>
    void Initialize();

    /// <summary>Goes to the given factors as iteration 0 for the current measurements, and evaluates them.</summary>
    /// <param name="left">L, n1 x k; copied.</param>
    /// <param name="right">R, n2 x k; copied. For X = U U^T it is ignored.</param>
    void InitializeAt(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right);

    /// <summary>One iteration: moves the factors and evaluates loss and gradient at the new point.</summary>
    /// <returns>Running, or Breakdown when a factorisation failed and the factors were left as they were.</returns>
    SolveStatus Step();

    /// <summary>Takes the last <see cref="Step"/> back (once), for the driver, when the new loss is not finite or beyond its limit.</summary>
    void Revert();

    /// <summary>New measurements, fresh start: the same bits as a new instance for them.</summary>
    /// <param name="measurements">y, length m, finite; copied.</param>
    void Restart(ReadOnlySpan<T> measurements);

    /// <summary>New measurements, the factors kept: a warm start.</summary>
    /// <param name="measurements">y, length m, finite; copied.</param>
    void ContinueWith(ReadOnlySpan<T> measurements);

    /// <summary>
    /// Lists everything that later steps depend on, the measurements included, for <see cref="MethodState{T}"/> to save or
    /// to restore. Restored, the method is at an initial point as after <see cref="InitializeAt"/>: the next
    /// <see cref="Initialize"/> does nothing, and a run counts iterations on.
    /// </summary>
    /// <param name="state">Told of each array and number, in a fixed order.</param>
    void Exchange(MethodState<T> state);
}
