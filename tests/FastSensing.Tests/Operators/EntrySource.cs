using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>Distinct entries in random order.</summary>
public sealed class EntrySource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        int[] places = [.. Enumerable.Range(0, rows * columns)];
        new Random(rows + (100 * columns)).Shuffle(places);
        int[] entries = places[..Math.Min(measurementCount, places.Length)];
        int[] rowIndices = [.. entries.Select(e => e / columns)];
        int[] columnIndices = [.. entries.Select(e => e % columns)];
        double[][] matrices = [.. entries.Select(e => IdentitySource<T>.UnitMatrix(rows * columns, e))];
        return new(
            new EntrySamplingOperator<T>(new ManagedBlas<T>(), rows, columns, rowIndices, columnIndices), new NaiveSensing(matrices, rows, columns));
    }
}
