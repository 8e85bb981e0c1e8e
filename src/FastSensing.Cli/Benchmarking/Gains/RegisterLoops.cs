using System.Numerics;
using FastSensing.Cli.Benchmarking.Limits;
using FastSensing.Kernels.Threading;

namespace FastSensing.Cli.Benchmarking.Gains;

/// <summary>The register-only multiply-add loop, on several threads at once.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="threads">How many.</param>
internal sealed unsafe class RegisterLoops<T>(int threads) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Iterations = 20_000;

    private readonly WorkerTeam _team = new(threads, memoryPerWorker: 0);

    /// <summary>Runs one loop on this thread.</summary>
    /// <param name="repeats">How often.</param>
    public static void RunOne(int repeats) => Loop(&repeats, 0, 0);

    /// <summary>Runs a loop on every thread.</summary>
    /// <param name="repeats">How often.</param>
    public void RunAll(int repeats) => _team.Run(new TeamTask(&Loop, &repeats, threads), threads, double.MaxValue);

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private static void Loop(void* repeats, int chunk, int participant)
    {
        for (int i = 0; i < *(int*)repeats; i++)
        {
            RegisterFmaLimit<T>.Run(Iterations, out _);
        }
    }
}
