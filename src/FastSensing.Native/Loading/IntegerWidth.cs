namespace FastSensing.Native.Loading;

/// <summary>
/// Finds out by experiment how wide a library's integers are. Names and file names do not say it: both widths are
/// shipped under both.
/// </summary>
internal static unsafe class IntegerWidth
{
    /// <summary>The width that everything the library shows agrees on.</summary>
    /// <exception cref="NativeBlasException">Its parts disagree: calling it would be a guess.</exception>
    public static BlasIntegerWidth Detect(LoadedLibrary library)
    {
        BlasIntegerWidth read = OfArguments(library);
        if (library.ClaimsInt64 && read != BlasIntegerWidth.Int64)
        {
            throw new NativeBlasException($"{library.Name} names its routines as ones with 64-bit integers (cblas_dgemm{library.Suffix}) but reads 32 bits of them.");
        }

        if (OfResults(library) is BlasIntegerWidth written && written != read)
        {
            throw new NativeBlasException($"{library.Name} reads {(int)read}-bit integers in its CBLAS but writes {(int)written}-bit ones in its LAPACK (ilaver).");
        }

        return read;
    }

    /// <summary>
    /// By a length whose lower half is 3 and which is negative as a whole: a sum of 3 ones says that 32 bits were read,
    /// a sum of none that 64 were. Neither reads beyond the array. The length travels in a register, so it is legal for both.
    /// </summary>
    private static BlasIntegerWidth OfArguments(LoadedLibrary library)
    {
        const long Length = unchecked((long)0xFFFF_FFFF_0000_0003);
        double* ones = stackalloc double[4] { 1, 1, 1, 1 };
        var sum = (delegate* unmanaged<long, double*, long, double>)library.Require($"cblas_dasum{library.Suffix}");
        return sum(Length, ones, 1) switch
        {
            3 => BlasIntegerWidth.Int32,
            0 => BlasIntegerWidth.Int64,
            double other => throw new NativeBlasException($"{library.Name}: cblas_dasum of three ones gives {other}, so the width of its integers cannot be told."),
        };
    }

    /// <summary>By the half of a cell of ones that ilaver leaves alone; null where there is no LAPACK.</summary>
    private static BlasIntegerWidth? OfResults(LoadedLibrary library)
    {
        nint version = library.FindLapack("ilaver");
        if (version == 0)
        {
            return null;
        }

        long* cells = stackalloc long[3] { -1, -1, -1 };
        ((delegate* unmanaged<long*, long*, long*, void>)version)(cells, cells + 1, cells + 2);
        long upper = BitConverter.IsLittleEndian ? cells[0] >> 32 : (int)cells[0];
        return upper == -1 ? BlasIntegerWidth.Int32 : BlasIntegerWidth.Int64;
    }
}
