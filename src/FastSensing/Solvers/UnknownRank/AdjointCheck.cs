using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>Whether the two halves of an operator belong together, which nothing but its maker can see to.</summary>
internal static class AdjointCheck
{
    /// <summary>Share of &lt;z, A(X)&gt;: a wrong adjoint is far above.</summary>
    private const double Share = 1e-2;

    /// <summary>Share of ||A*(z) R|| ||L||: rounding is far below, also where A almost annihilates X.</summary>
    private const double Rounding = 1e-4;

    /// <summary>True where &lt;A*(z), X&gt; is not &lt;z, A(X)&gt; for X = L R^T and z = A(X).</summary>
    public static bool IsWrong<T>(IMeasurementOperator<T> op, ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, ReadOnlySpan<T> image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = image.ToArray();
        PowerOfTwo.Scale(z, -PowerOfTwo.Exponent<T>(z));
        T[] productLeft = new T[left.Rows * left.Columns];
        T[] productRight = new T[right.Rows * right.Columns];
        op.AdjointProducts(
            z,
            new FactorPair<T>(left, right),
            new MatrixSpan<T>(productLeft, left.Rows, left.Columns),
            new MatrixSpan<T>(productRight, right.Rows, right.Columns),
            new T[op.ScratchLength(left.Columns)]);
        T[] leftElements = new T[productLeft.Length];
        left.CopyTo(new MatrixSpan<T>(leftElements, left.Rows, left.Columns));
        double expected = Sums.Dot<T>(z, image);
        double difference = Math.Abs(Sums.Dot<T>(productLeft, leftElements) - expected);
        double largest = Math.Sqrt(Sums.Dot<T>(productLeft, productLeft) * Sums.Dot<T>(leftElements, leftElements));
        return difference > Share * expected && difference > Rounding * largest;
    }
}
