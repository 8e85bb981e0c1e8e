using System.Diagnostics;
using System.Numerics;
using FastSensing.Solvers;

namespace FastSensing.IO;

/// <summary>Writes a checkpoint of a run now and then; each replaces the one before, atomically.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Writing is not counted as time of the run. It allocates, outside the steps.</remarks>
public sealed class CheckpointObserver<T> : IIterationObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly string _path;
    private readonly IIterativeMethod<T> _method;
    private readonly TimeSpan _interval;
    private long _written = Stopwatch.GetTimestamp();

    /// <summary>Watches a method.</summary>
    /// <param name="path">The npz file to be written and replaced.</param>
    /// <param name="method">The method of the run.</param>
    /// <param name="interval">Least time between two checkpoints; zero writes one at every iterate.</param>
    public CheckpointObserver(string path, IIterativeMethod<T> method, TimeSpan interval)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(method);
        (_path, _method, _interval) = (path, method, interval);
    }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        if (Stopwatch.GetElapsedTime(_written) >= _interval)
        {
            CheckpointFile.Write(_path, _method);
            _written = Stopwatch.GetTimestamp();
        }

        return ObserverVerdict.Continue;
    }
}
