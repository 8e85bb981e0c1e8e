using System.Runtime.ExceptionServices;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>Fails a test that hangs, instead of hanging with it.</summary>
internal static class Watchdog
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static void Run(Action test)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            if (Record.Exception(test) is Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        Assert.True(thread.Join(Patience), "it hangs");
        failure?.Throw();
    }
}
