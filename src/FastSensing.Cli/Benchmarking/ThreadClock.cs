using System.Runtime.InteropServices;

namespace FastSensing.Cli.Benchmarking;

/// <summary>How long this thread has been on a core, to tell a measured time that another process spoiled.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Seconds on a core, or null where the system is not asked (not Linux).</summary>
    public static double? Seconds =>
        OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out TimeSpec time) == 0 ? time.Seconds + (1e-9 * time.Nanoseconds) : null;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
