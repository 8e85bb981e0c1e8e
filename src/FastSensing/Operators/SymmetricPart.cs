using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>G &#8592; (G + G^T) / 2, in place.</summary>
internal static class SymmetricPart
{
    public static void Take<T>(MatrixSpan<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                T mean = half * (matrix[i, j] + matrix[j, i]);
                matrix[i, j] = mean;
                matrix[j, i] = mean;
            }
        }
    }
}
