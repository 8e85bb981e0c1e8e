using FastSensing.Cli.Output;
using FastSensing.Native;

namespace FastSensing.Cli.BackEnds;

/// <summary>What came of trying one back end in a process of its own. The JSON names are a contract with scripts.</summary>
internal sealed record BackEndReport
{
    /// <summary>As asked for: a name or a path.</summary>
    public required string BackEnd { get; init; }

    /// <summary>Everything the loader was asked for.</summary>
    public required IReadOnlyList<string> Tried { get; init; }

    /// <summary>What is wrong with it; null when it can be used.</summary>
    public string? Fault { get; init; }

    /// <summary>What the loader accepted; null when nothing was loaded.</summary>
    public string? Path { get; init; }

    public string? Kind { get; init; }

    public string? Version { get; init; }

    public string? Core { get; init; }

    public int? IntegerBits { get; init; }

    public int? Threads { get; init; }

    /// <summary>Of the process that tried it; null when that was ended at the time limit or was not needed.</summary>
    public int? ExitCode { get; init; }

    public bool IsUsable => Fault is null;

    public static BackEndReport Of(string backEnd, NativeBlasLibrary library) => new()
    {
        BackEnd = backEnd,
        Tried = NativeBlasLocator.Candidates(backEnd),
        Path = library.Path,
        Kind = library.Kind.ToString(),
        Version = library.Version,
        Core = library.Core,
        IntegerBits = (int)library.IntegerWidth,
        Threads = library.Threads,
    };

    public void WriteTo(Json json) => json
        .Add("backEnd", BackEnd)
        .Add("usable", IsUsable)
        .Add("tried", Tried)
        .Add("fault", Fault)
        .Add("path", Path)
        .Add("kind", Kind)
        .Add("version", Version)
        .Add("core", Core)
        .Add("integerBits", IntegerBits)
        .Add("threads", Threads)
        .Add("probe", Path is null ? "not run" : IsUsable ? "correct" : "failed")
        .Add("exitCode", ExitCode);

    public void WriteText(TextWriter output)
    {
        void Line(string name, string? value) => output.WriteLine($"  {name,-10} {value}");

        output.WriteLine($"{BackEnd}: {(IsUsable ? "usable" : "not usable")}");
        Line("tried", Tried.Count == 0 ? "nothing: it does not exist on this system" : string.Join(", ", Tried));
        if (Path is not null)
        {
            Line("loaded", Path);
            Line("version", Version);
            Line("core", Core);
            Line("integers", $"{IntegerBits} bits");
            Line("threads", Threads == 0 ? "as the library likes" : $"{Threads}");
            Line("probe", IsUsable ? "correct" : "failed");
        }

        if (Fault is not null)
        {
            Line("fault", Fault);
        }

        Line("exit code", ExitCode is int code ? $"{code}" : "none");
    }
}
