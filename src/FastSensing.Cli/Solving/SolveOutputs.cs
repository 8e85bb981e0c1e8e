using FastSensing.Cli.Output;
using FastSensing.IO;

namespace FastSensing.Cli.Solving;

/// <summary>
/// The files that `solve` writes, opened before anything is read or computed. Both are completed under temporary names,
/// then both appear; what is not committed vanishes.
/// </summary>
internal sealed class SolveOutputs : IDisposable
{
    private readonly SolveRequest _request;

    public SolveOutputs(SolveRequest request)
    {
        _request = request;
        RequireDifferent("--out", request.Output, "PROBLEM", request.Problem);
        RequireDifferent("--trace", request.Trace, "PROBLEM", request.Problem);
        RequireDifferent("--trace", request.Trace, "--out", request.Output);
        RequireDifferent("--checkpoint", request.Checkpoint, "PROBLEM", request.Problem);
        RequireDifferent("--checkpoint", request.Checkpoint, "--out", request.Output);
        RequireDifferent("--checkpoint", request.Checkpoint, "--trace", request.Trace);
        RequireDifferent("--resume", request.Resume, "--out", request.Output);
        RequireDifferent("--resume", request.Resume, "--trace", request.Trace);
        if (request.Checkpoint is string checkpoint)
        {
            Files.Create(checkpoint).Dispose(); // It appears when there is something to write; that it can be is known now.
        }

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
    private NpzWriter? Factors { get; }

    /// <summary>The CSV, where asked for.</summary>
    private AtomicFile? Trace { get; }

    /// <summary>Fills and completes what was asked for, then commits all of it.</summary>
    public void Write(Action<NpzWriter> writeFactors, Action<AtomicFile> writeTrace)
    {
        if (Factors is NpzWriter factors)
        {
            Files.Write(_request.Output!, () =>
            {
                writeFactors(factors);
                factors.Complete();
            });
        }

        if (Trace is AtomicFile trace)
        {
            Files.Write(_request.Trace!, () => writeTrace(trace));
        }

        if (Factors is not null)
        {
            Files.Write(_request.Output!, Factors.Commit);
        }

        if (Trace is not null)
        {
            Files.Write(_request.Trace!, Trace.Commit);
        }
    }

    public void Dispose()
    {
        Factors?.Dispose();
        Trace?.Dispose();
    }

    private static void RequireDifferent(string name, string? path, string otherName, string? other)
    {
        if (path is not null && other is not null && Files.AreSame(path, other))
        {
            throw new ToolException(ExitCode.Usage, $"{name} and {otherName} are the same file, {path}: one would replace the other.");
        }
    }
}
