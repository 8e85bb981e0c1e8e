using System.Numerics;
using FastSensing.Cli.Benchmarking.Peers;
using FastSensing.Kernels;

namespace FastSensing.Cli.Benchmarking;

/// <summary>A workload whose operands may be small enough to be measured cold as well.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal abstract unsafe class OperandWorkload<T> : Workload<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OperandSets _sets;

    /// <summary>For operands that together have a number of elements.</summary>
    /// <param name="caches">Where they are before a call.</param>
    /// <param name="elements">Elements of all operands of one call.</param>
    protected OperandWorkload(CacheState caches, long elements) => _sets = new OperandSets(caches, elements * sizeof(T));

    /// <inheritdoc/>
    public sealed override int SetCount => _sets.Count;

    /// <inheritdoc/>
    public sealed override void Run(IBlas<T> blas, int repeats)
    {
        for (int left = repeats; left > 0;)
        {
            int set = _sets.Take(ref left, out int calls);
            RunSet(blas, set, calls);
        }
    }

    /// <inheritdoc/>
    public sealed override void RunOurs(IBlas<T> blas, int repeats)
    {
        for (int left = repeats; left > 0;)
        {
            int set = _sets.Take(ref left, out int calls);
            RunSetOurs(blas, set, calls);
        }
    }

    /// <inheritdoc/>
    protected sealed override bool TryRunBare(BareCalls<T> calls, int repeats)
    {
        for (int left = repeats; left > 0;)
        {
            int set = _sets.Take(ref left, out int count);
            if (!TryRunSetBare(calls, set, count))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes calls with one set of operands on a back end.</summary>
    protected abstract void RunSet(IBlas<T> blas, int set, int repeats);

    /// <summary>Makes the calls on our side; the same as a peer's unless we have a way of our own.</summary>
    protected virtual void RunSetOurs(IBlas<T> blas, int set, int repeats) => RunSet(blas, set, repeats);

    /// <summary>Makes the same calls on a library's own routines, or returns false.</summary>
    protected abstract bool TryRunSetBare(BareCalls<T> calls, int set, int repeats);

    /// <summary>An operand of N(0, 1) numbers.</summary>
    protected new Operand<T> Random(long length, ulong seed) => Own(new Operand<T>(SetCount, length, seed));

    /// <summary>An operand of zeros, to write to.</summary>
    protected new Operand<T> Zeros(long length) => Own(new Operand<T>(SetCount, length, seed: null));
}
