namespace FastSensing.Testing.Trials;

/// <summary>Entry measurements: Count of the Rows x Columns positions, factors with rows of that many cache lines.</summary>
public readonly record struct EntryShape(int Rows, int Columns, int Count, int CacheLines, int Seed);
