using System.Numerics;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>
/// libxsmm's products of dense row-major matrices: the code is asked for once, then called through its pointer. The
/// operands are swapped, because C^T = B^T A^T by columns is C = A B by rows. The calls leave out what the runtime does
/// around a native call, a nanosecond, as a program in C would.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed unsafe class LibxsmmCalls<T>(LibxsmmLibrary library) : BareCalls<T>
    where T : unmanaged, INumberBase<T>
{
    private (int M, int N, int K, T Beta) _shape;
    private delegate* unmanaged[SuppressGCTransition]<T*, T*, T*, void> _kernel;

    public override bool HasPotrf => false;

    public override void Gemm(int repeats, params ReadOnlySpan<GemmCall<T>> calls)
    {
        foreach (ref readonly GemmCall<T> call in calls)
        {
            if (call.Alpha != T.One || call.AStored.IsTransposed || call.BStored.IsTransposed
                || call.AStored.LeadingDimension != call.K || call.BStored.LeadingDimension != call.N || call.LdC != call.N)
            {
                throw new NotSupportedException("libxsmm is only asked for A B + beta C of dense row-major matrices.");
            }

            delegate* unmanaged[SuppressGCTransition]<T*, T*, T*, void> kernel = Find(call);
            T* a = call.A;
            T* b = call.B;
            T* c = call.C;
            for (int i = 0; i < repeats; i++)
            {
                kernel(b, a, c);
            }
        }
    }

    public override void Gemv(int repeats, params ReadOnlySpan<GemvCall<T>> calls) => throw Missing();

    public override void Syrk(int repeats, params ReadOnlySpan<SyrkCall<T>> calls) => throw Missing();

    public override void Trsm(int repeats, params ReadOnlySpan<TrsmCall<T>> calls) => throw Missing();

    public override int Potrf(int repeats, ReadOnlySpan<T> source, T* a, int n) => throw Missing();

    private delegate* unmanaged[SuppressGCTransition]<T*, T*, T*, void> Find(in GemmCall<T> call)
    {
        (int, int, int, T) shape = (call.N, call.M, call.K, call.Beta);
        if (_kernel == null || _shape != shape)
        {
            _kernel = library.Kernel(call.N, call.M, call.K, call.Beta);
            _shape = shape;
        }

        return _kernel;
    }

    private static NotSupportedException Missing() => new("libxsmm has no such routine.");
}
