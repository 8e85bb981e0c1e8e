namespace FastSensing.Testing.Files;

/// <summary>A folder of its own for one test, removed with everything in it at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fastsensing-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The names of what is there, in order.</summary>
    public string[] Names()
    {
        string[] names = Array.ConvertAll(Directory.GetFileSystemEntries(Path), entry => System.IO.Path.GetFileName(entry));
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
