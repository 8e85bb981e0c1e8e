namespace FastSensing.Testing.Trials;

/// <summary>Dense measurements: Count rows of Length elements, all that are stored or selected ones of more.</summary>
public readonly record struct DenseShape(int Count, int Length, bool Selected);
