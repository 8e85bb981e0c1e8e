using System.Globalization;
using System.Runtime.InteropServices;

namespace FastSensing.Native.Loading;

/// <summary>What differs between the libraries besides the routines: how each is set up, and what it tells about itself.</summary>
internal abstract unsafe class Vendor(LoadedLibrary library)
{
    public abstract NativeBlasKind Kind { get; }

    /// <summary>Version and build, in the library's own words.</summary>
    public abstract string Version { get; }

    /// <summary>The kernels it runs, in its own words; "unknown" where it does not tell.</summary>
    public virtual string Core => "unknown";

    protected LoadedLibrary Library => library;

    /// <summary>Recognises the library by the exports that only it has.</summary>
    public static Vendor Of(LoadedLibrary library) =>
        library.Find("MKL_Get_Version_String") != 0 ? new MklVendor(library)
        : library.Find("openblas_get_config" + library.Suffix) != 0 ? new OpenBlasVendor(library)
        : library.Find("bli_info_get_version_str") != 0 ? new BlisVendor(library)
        : new OtherVendor(library);

    /// <summary>Sets the number of threads, before any other call, and returns how many the library then says it uses; 0 when it has no say.</summary>
    public abstract int SetThreads(int threads);

    protected static string Text(nint function) =>
        function == 0 ? "unknown" : Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)function)())?.Trim() ?? "unknown";

    private sealed class OpenBlasVendor(LoadedLibrary library) : Vendor(library)
    {
        public override NativeBlasKind Kind => NativeBlasKind.OpenBlas;

        public override string Version => Text(Library.Find("openblas_get_config" + Library.Suffix));

        public override string Core => Text(Library.Find("openblas_get_corename" + Library.Suffix));

        public override int SetThreads(int threads)
        {
            ((delegate* unmanaged<int, void>)Library.Require("openblas_set_num_threads" + Library.Suffix))(threads);
            return ((delegate* unmanaged<int>)Library.Require("openblas_get_num_threads" + Library.Suffix))();
        }
    }

    private sealed class BlisVendor(LoadedLibrary library) : Vendor(library)
    {
        public override NativeBlasKind Kind => NativeBlasKind.Blis;

        public override string Version => "BLIS " + Text(Library.Find("bli_info_get_version_str"));

        public override string Core
        {
            get
            {
                nint query = Library.Find("bli_arch_query_id");
                nint name = Library.Find("bli_arch_string");
                return query == 0 || name == 0
                    ? "unknown"
                    : Marshal.PtrToStringUTF8(((delegate* unmanaged<int, nint>)name)(((delegate* unmanaged<int>)query)())) ?? "unknown";
            }
        }

        public override int SetThreads(int threads)
        {
            ((delegate* unmanaged<nint, void>)Library.Require("bli_thread_set_num_threads"))(threads);
            return (int)((delegate* unmanaged<nint>)Library.Require("bli_thread_get_num_threads"))();
        }
    }

    private sealed class MklVendor(LoadedLibrary library) : Vendor(library)
    {
        private const int Sequential = 1;
        private const int Gnu = 3;
        private const int VersionLength = 256;

        public override NativeBlasKind Kind => NativeBlasKind.Mkl;

        public override string Version
        {
            get
            {
                byte* text = stackalloc byte[VersionLength];
                ((delegate* unmanaged<byte*, int, void>)Library.Require("MKL_Get_Version_String"))(text, VersionLength);
                text[VersionLength - 1] = 0;
                return Marshal.PtrToStringUTF8((nint)text)!.Trim();
            }
        }

        // MKL has no name for its kernels; it numbers the branches of its reproducible mode.
        public override string Core
        {
            get
            {
                nint branch = Library.Find("MKL_CBWR_Get_Auto_Branch");
                int number = branch == 0 ? -1 : ((delegate* unmanaged<int>)branch)();
                return number switch
                {
                    2 => "chosen at run time",
                    3 => "COMPATIBLE",
                    4 or 5 or 6 or 7 or 8 => "SSE",
                    9 => "AVX",
                    10 => "AVX2",
                    11 or 12 or 13 or 14 => "AVX512",
                    _ => "branch " + number.ToString(CultureInfo.InvariantCulture),
                };
            }
        }

        /// <summary>
        /// The threading layer comes first: with its own default the library ends the process at its first call when no
        /// OpenMP runtime is loaded. The names in mixed case take values, the ones in lower case pointers.
        /// </summary>
        public override int SetThreads(int threads)
        {
            bool threaded = threads > 1 && SystemLoader.OpenForOthers("libgomp.so.1");
            ((delegate* unmanaged<int, int>)Library.Require("MKL_Set_Threading_Layer"))(threaded ? Gnu : Sequential);
            ((delegate* unmanaged<int, void>)Library.Require("MKL_Set_Num_Threads"))(threads);
            return ((delegate* unmanaged<int>)Library.Require("MKL_Get_Max_Threads"))();
        }
    }

    private sealed class OtherVendor(LoadedLibrary library) : Vendor(library)
    {
        public override NativeBlasKind Kind =>
            Library.Name.Contains("Accelerate.framework", StringComparison.Ordinal) ? NativeBlasKind.Accelerate : NativeBlasKind.Other;

        public override string Version => "unknown";

        // Accelerate's threads: 1 is BLAS_THREADING_SINGLE_THREADED, 0 its own choice.
        public override int SetThreads(int threads)
        {
            nint set = Library.Find("BLASSetThreading");
            if (set == 0)
            {
                return 0;
            }

            ((delegate* unmanaged<int, int>)set)(threads == 1 ? 1 : 0);
            return threads == 1 ? 1 : 0;
        }
    }
}
