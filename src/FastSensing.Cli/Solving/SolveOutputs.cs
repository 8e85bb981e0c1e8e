using FastSensing.Cli.Output;
using FastSensing.IO;

namespace FastSensing.Cli.Solving;

/// <summary>The files that `solve` writes, opened before anything is read or computed; what is not committed vanishes.</summary>
internal sealed class SolveOutputs : IDisposable
{
    public SolveOutputs(SolveRequest request)
    {
        Factors = request.Output is string path ? Files.Create(path, name => new NpzWriter(name)) : null;
        try
        {
            Trace = request.Trace is string tracePath ? Files.Create(tracePath) : null;
        }
        catch
        {
            Factors?.Dispose();
            throw;
        }
    }

    /// <summary>X, Left and Right, where asked for.</summary>
    public NpzWriter? Factors { get; }

    /// <summary>The CSV, where asked for.</summary>
    public AtomicFile? Trace { get; }

    public void Dispose()
    {
        Factors?.Dispose();
        Trace?.Dispose();
    }
}
