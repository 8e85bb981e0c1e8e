using System.ComponentModel;
using System.Runtime.InteropServices;

namespace FastSensing.Testing.Guards;

/// <summary>Address space without access rights, opened page by page: mmap and mprotect, or VirtualAlloc on Windows.</summary>
internal static partial class PageApi
{
    private const int ReadWrite = 1 | 2;
    private const uint Reserved = 0x2000;
    private const uint Committed = 0x1000;
    private const uint PageNoAccess = 0x01;
    private const uint PageReadWrite = 0x04;
    private const uint Released = 0x8000;

    private static int MapPrivateAnonymous => OperatingSystem.IsMacOS() ? 0x1002 : 0x22;

    public static nint Reserve(nuint bytes)
    {
        nint address = OperatingSystem.IsWindows()
            ? VirtualAlloc(0, bytes, Reserved, PageNoAccess)
            : MemoryMap(0, bytes, 0, MapPrivateAnonymous, -1, 0);
        return address is 0 or -1 ? throw new Win32Exception() : address;
    }

    public static void Open(nint address, nuint bytes)
    {
        bool opened = OperatingSystem.IsWindows()
            ? VirtualAlloc(address, bytes, Committed, PageReadWrite) != 0
            : MemoryProtect(address, bytes, ReadWrite) == 0;
        if (!opened)
        {
            throw new Win32Exception();
        }
    }

    public static void Release(nint address, nuint bytes)
    {
        bool released = OperatingSystem.IsWindows() ? VirtualFree(address, 0, Released) : MemoryUnmap(address, bytes) == 0;
        if (!released)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryProtect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryUnmap(nint address, nuint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualFree(nint address, nuint size, uint type);
}
