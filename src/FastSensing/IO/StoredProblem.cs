using System.Numerics;
using FastSensing.Problems;

namespace FastSensing.IO;

/// <summary>A problem read from a file, the truth if the file has it, and the memory of its operator.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="problem">The problem.</param>
/// <param name="truth">M, n1 x n2 by rows, where the file has it.</param>
public sealed class StoredProblem<T>(SensingProblem<T> problem, ReadOnlyMemory<T>? truth) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The problem.</summary>
    public SensingProblem<T> Problem { get; } = problem;

    /// <summary>M, n1 x n2 by rows, or null.</summary>
    public ReadOnlyMemory<T>? Truth { get; } = truth;

    /// <summary>Releases the operator.</summary>
    public void Dispose() => (Problem.Operator as IDisposable)?.Dispose();
}
