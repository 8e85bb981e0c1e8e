using System.Numerics;
using FastSensing.Native.Cblas;

namespace FastSensing.Cli.Benchmarking.Peers;

/// <summary>Loops around the function pointers; the entry points' type is exact, so nothing is looked up in a loop.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="TInt">The library's integers.</typeparam>
internal sealed unsafe class CblasBareCalls<T, TInt>(CblasEntryPoints<T, TInt> entries) : BareCalls<T>
    where T : unmanaged
    where TInt : unmanaged, IBinaryInteger<TInt>
{
    public override bool HasPotrf => entries.HasPotrf;

    public override void Gemm(int repeats, params ReadOnlySpan<GemmCall<T>> calls)
    {
        CblasEntryPoints<T, TInt> library = entries;
        for (int i = 0; i < repeats; i++)
        {
            foreach (ref readonly GemmCall<T> call in calls)
            {
                library.Gemm(call);
            }
        }
    }

    public override void Gemv(int repeats, params ReadOnlySpan<GemvCall<T>> calls)
    {
        CblasEntryPoints<T, TInt> library = entries;
        for (int i = 0; i < repeats; i++)
        {
            foreach (ref readonly GemvCall<T> call in calls)
            {
                library.Gemv(call);
            }
        }
    }

    public override void Syrk(int repeats, params ReadOnlySpan<SyrkCall<T>> calls)
    {
        CblasEntryPoints<T, TInt> library = entries;
        for (int i = 0; i < repeats; i++)
        {
            foreach (ref readonly SyrkCall<T> call in calls)
            {
                library.Syrk(call);
            }
        }
    }

    public override void Trsm(int repeats, params ReadOnlySpan<TrsmCall<T>> calls)
    {
        CblasEntryPoints<T, TInt> library = entries;
        for (int i = 0; i < repeats; i++)
        {
            foreach (ref readonly TrsmCall<T> call in calls)
            {
                library.Trsm(call);
            }
        }
    }

    public override int Potrf(int repeats, ReadOnlySpan<T> source, T* a, int n)
    {
        CblasEntryPoints<T, TInt> library = entries;
        Span<T> copy = new(a, source.Length);
        int failure = 0;
        for (int i = 0; i < repeats; i++)
        {
            source.CopyTo(copy);

            // LAPACK counts by columns: a row-major lower triangle is its upper one.
            int info = library.Potrf((byte)'U', n, a, n);
            failure = info == 0 ? failure : info;
        }

        return failure;
    }
}
