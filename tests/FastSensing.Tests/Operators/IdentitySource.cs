using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.Tests.Operators;

/// <summary>The identity; the number of measurements asked for is not its to choose.</summary>
public sealed class IdentitySource<T> : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static OperatorCase<T> Create(int rows, int columns, int measurementCount)
    {
        double[][] matrices = [.. Enumerable.Range(0, rows * columns).Select(i => UnitMatrix(rows * columns, i))];
        return new(new IdentityOperator<T>(new ManagedBlas<T>(), rows, columns), new NaiveSensing(matrices, rows, columns));
    }

    internal static double[] UnitMatrix(int length, int place)
    {
        double[] unit = new double[length];
        unit[place] = 1;
        return unit;
    }
}
