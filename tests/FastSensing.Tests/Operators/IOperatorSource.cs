using System.Numerics;

namespace FastSensing.Tests.Operators;

/// <summary>Makes operators of one kind for the contract.</summary>
public interface IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The kind has square matrices only: it is asked for no others.</summary>
    static virtual bool IsSquareOnly => false;

    /// <summary>An operator of the given shape; of m as many measurements as the kind can have.</summary>
    static abstract OperatorCase<T> Create(int rows, int columns, int measurementCount);
}
