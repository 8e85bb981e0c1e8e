using System.Runtime.InteropServices;
using FastSensing.Cli.Output;

namespace FastSensing.Cli;

/// <summary>The process: real streams, and Ctrl-C or SIGTERM as a cancellation.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        using CancellationTokenSource interrupt = new();
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested; // The second signal ends the process at once.
            interrupt.Cancel();
        }

        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return (int)CommandLine.Run(arguments, ToolConsole.OfProcess(), interrupt.Token);
    }
}
