using System.Text.Json;
using FastSensing.Cli.Output;

namespace FastSensing.Cli.Experiments;

/// <summary>Outcomes in a file, a line of JSON each: what is there need not be run again.</summary>
internal sealed class GridLog : IDisposable
{
    private readonly List<GridOutcome> _outcomes = [];
    private readonly StreamWriter? _writer;

    /// <param name="path">The file to read and to append to, or null to keep nothing.</param>
    public GridLog(string? path)
    {
        if (path is null)
        {
            return;
        }

        if (File.Exists(path))
        {
            _outcomes = Files.Read(path, Read);
        }

        _writer = Files.Create(path, name => new StreamWriter(name, append: true) { AutoFlush = true });
    }

    public IReadOnlyList<GridOutcome> Outcomes => _outcomes;

    public GridOutcome? Find(GridRun run) => _outcomes.Find(outcome => outcome.Cell == run.Cell.Name && outcome.Seed == run.Seed);

    public void Add(GridOutcome outcome)
    {
        _outcomes.Add(outcome);
        _writer?.WriteLine(JsonSerializer.Serialize(outcome));
    }

    public void Dispose() => _writer?.Dispose();

    private static List<GridOutcome> Read(string path)
    {
        List<GridOutcome> outcomes = [];
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            try
            {
                outcomes.Add(JsonSerializer.Deserialize<GridOutcome>(text)!);
            }
            catch (JsonException malformed)
            {
                throw new InvalidDataException($"{path}: line {line} is not the outcome of a run: {malformed.Message}", malformed);
            }
        }

        return outcomes;
    }
}
