using System.Runtime.InteropServices;

namespace FastSensing.Native.Loading;

/// <summary>An open library: its name as it was opened, and its exports by name.</summary>
internal sealed class LoadedLibrary(string name, nint handle)
{
    private static readonly string[] Suffixes = ["", "64_", "_64"];

    /// <summary>As given to the loader.</summary>
    public string Name => name;

    /// <summary>What the library appends to every CBLAS name: "" or a mark of 64-bit integers.</summary>
    public string Suffix { get; } = FindSuffix(handle);

    /// <summary>True when the names claim 64-bit integers.</summary>
    public bool ClaimsInt64 => Suffix.Contains("64", StringComparison.Ordinal);

    /// <summary>The address of a symbol, or 0.</summary>
    public nint Find(string symbol) => NativeLibrary.TryGetExport(handle, symbol, out nint address) ? address : 0;

    /// <summary>The address of a LAPACK routine by its Fortran name, or 0.</summary>
    public nint FindLapack(string routine)
    {
        nint address = Find($"{routine}_{Suffix.TrimStart('_')}");
        return address != 0 || !ClaimsInt64 ? address : Find($"{routine}_64_");
    }

    /// <summary>The address of a symbol that must be there.</summary>
    public nint Require(string symbol)
    {
        nint address = Find(symbol);
        return address != 0 ? address : throw new NativeBlasException($"{name} does not export {symbol}.");
    }

    private static string FindSuffix(nint handle)
    {
        foreach (string suffix in Suffixes)
        {
            if (NativeLibrary.TryGetExport(handle, "cblas_dgemm" + suffix, out _))
            {
                return suffix;
            }
        }

        return string.Empty;
    }
}
