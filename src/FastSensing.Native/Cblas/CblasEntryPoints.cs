using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Native.Loading;

namespace FastSensing.Native.Cblas;

/// <summary>The CBLAS names, and LAPACK's xpotrf_, as function pointers over integers of one width.</summary>
/// <typeparam name="T">float or double; it decides the letter in the names.</typeparam>
/// <typeparam name="TInt">int or long, as the library was found to take.</typeparam>
internal sealed unsafe class CblasEntryPoints<T, TInt> : EntryPoints<T>
    where T : unmanaged
    where TInt : unmanaged, IBinaryInteger<TInt>
{
    private readonly delegate* unmanaged<int, int, int, TInt, TInt, TInt, T, T*, TInt, T*, TInt, T, T*, TInt, void> _gemm;
    private readonly delegate* unmanaged<int, int, TInt, TInt, T, T*, TInt, T*, TInt, T, T*, TInt, void> _gemv;
    private readonly delegate* unmanaged<int, int, int, TInt, TInt, T, T*, TInt, T, T*, TInt, void> _syrk;
    private readonly delegate* unmanaged<int, int, int, int, int, TInt, TInt, T, T*, TInt, T*, TInt, void> _trsm;
    private readonly delegate* unmanaged<byte*, TInt*, T*, TInt*, TInt*, nint, void> _potrf;

    public CblasEntryPoints(LoadedLibrary library)
    {
        string letter = default(T) is float ? "s" : "d";
        _gemm = (delegate* unmanaged<int, int, int, TInt, TInt, TInt, T, T*, TInt, T*, TInt, T, T*, TInt, void>)
            library.Require($"cblas_{letter}gemm{library.Suffix}");
        _gemv = (delegate* unmanaged<int, int, TInt, TInt, T, T*, TInt, T*, TInt, T, T*, TInt, void>)
            library.Require($"cblas_{letter}gemv{library.Suffix}");
        _syrk = (delegate* unmanaged<int, int, int, TInt, TInt, T, T*, TInt, T, T*, TInt, void>)
            library.Require($"cblas_{letter}syrk{library.Suffix}");
        _trsm = (delegate* unmanaged<int, int, int, int, int, TInt, TInt, T, T*, TInt, T*, TInt, void>)
            library.Require($"cblas_{letter}trsm{library.Suffix}");
        _potrf = (delegate* unmanaged<byte*, TInt*, T*, TInt*, TInt*, nint, void>)library.FindLapack($"{letter}potrf");
    }

    public override bool HasPotrf => _potrf is not null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Gemm(in GemmCall<T> call) => _gemm(
        (int)CblasFlag.RowMajor, (int)call.AStored.Operation, (int)call.BStored.Operation,
        Int(call.M), Int(call.N), Int(call.K),
        call.Alpha, call.A, Int(call.AStored.LeadingDimension), call.B, Int(call.BStored.LeadingDimension),
        call.Beta, call.C, Int(call.LdC));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Gemv(in GemvCall<T> call) => _gemv(
        (int)CblasFlag.RowMajor, (int)call.AStored.Operation, Int(call.M), Int(call.N),
        call.Alpha, call.A, Int(call.AStored.LeadingDimension), call.X, TInt.One, call.Beta, call.Y, TInt.One);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Syrk(in SyrkCall<T> call) => _syrk(
        (int)CblasFlag.RowMajor, (int)call.Triangle, (int)call.AStored.Operation, Int(call.N), Int(call.K),
        call.Alpha, call.A, Int(call.AStored.LeadingDimension), call.Beta, call.C, Int(call.LdC));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Trsm(in TrsmCall<T> call) => _trsm(
        (int)CblasFlag.RowMajor, (int)call.Side, (int)call.Triangle, (int)call.Operation, (int)CblasFlag.NonUnit, Int(call.M), Int(call.N),
        call.Alpha, call.A, Int(call.LdA), call.B, Int(call.LdB));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int Potrf(byte triangle, int n, T* a, int lda)
    {
        TInt order = Int(n);
        TInt leading = Int(lda);
        TInt info = TInt.Zero;

        // The last argument is the length of the character argument, which Fortran compilers append and C ones ignore.
        _potrf(&triangle, &order, a, &leading, &info, 1);
        return int.CreateTruncating(info);
    }

    private static TInt Int(int value) => TInt.CreateTruncating(value);
}
