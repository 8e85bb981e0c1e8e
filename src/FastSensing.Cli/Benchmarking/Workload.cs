using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Cli.Benchmarking;

/// <summary>
/// One row to measure: operands of one shape, and the same calls for whichever back end is given. Matrices are row-major
/// and contiguous; a transposed operand is a view of one.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal abstract class Workload<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IDisposable> _owned = [];

    /// <summary>The sizes, for people and for programs: 200x200x5.</summary>
    public abstract string Shape { get; }

    /// <summary>Flops of one call, by the textbook's count.</summary>
    public abstract double Flops { get; }

    /// <summary>What bounds it.</summary>
    public virtual LimitKind Limit => LimitKind.MultiplyAdd;

    /// <summary>Elements that a call must read from the one large operand.</summary>
    public virtual long ElementsRead => 0;

    /// <summary>The percentage of the limit that it is to reach; null where there is no such goal.</summary>
    public virtual double? GoalPercent => null;

    /// <summary>Sets of operands that calls take in turn: one, or several that keep each other cold.</summary>
    public virtual int SetCount => 1;

    /// <summary>Makes the calls on our side; the same as a peer's unless we have a way of our own.</summary>
    /// <param name="repeats">How often.</param>
    /// <param name="blas">Our back end.</param>
    public virtual void RunOurs(IBlas<T> blas, int repeats) => Run(blas, repeats);

    /// <summary>Makes the calls on a back end.</summary>
    /// <param name="blas">The back end.</param>
    /// <param name="repeats">How often.</param>
    public abstract void Run(IBlas<T> blas, int repeats);

    /// <summary>What the last call wrote, for the tests that look whether it is what it should be; empty where that is elsewhere.</summary>
    public virtual ReadOnlySpan<T> Output => default;

    /// <summary>Makes a peer's calls: bare where it and this workload can, else behind our interface.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="repeats">How often.</param>
    public void RunPeer(Peer<T> peer, int repeats)
    {
        if (peer.Bare is null || !TryRunBare(peer.Bare, repeats))
        {
            Run(peer.Blas, repeats);
        }
    }

    /// <summary>Makes the same calls on a library's own routines.</summary>
    /// <param name="calls">The library.</param>
    /// <param name="repeats">How often.</param>
    /// <returns>False when there is no such form, and nothing was done.</returns>
    protected virtual bool TryRunBare(BareCalls<T> calls, int repeats) => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable piece in _owned)
        {
            piece.Dispose();
        }
    }

    /// <summary>A matrix of N(0, 1) numbers.</summary>
    protected AlignedBuffer<T> Random(long length, ulong seed) => Own(TestData.Random<T>(checked((int)length), seed));

    /// <summary>A matrix of zeros, to write to.</summary>
    protected AlignedBuffer<T> Zeros(long length) => Own(new AlignedBuffer<T>(checked((int)length)));

    /// <summary>Disposes of a piece with the workload.</summary>
    protected TPiece Own<TPiece>(TPiece piece)
        where TPiece : IDisposable
    {
        _owned.Add(piece);
        return piece;
    }
}
