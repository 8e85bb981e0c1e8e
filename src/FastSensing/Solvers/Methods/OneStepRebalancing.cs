using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>With the thin SVD L = A S B^T: next L = beta A, next R = (R B) S / beta, so that L R^T stays what it is.</summary>
/// <remarks>1 / S is never formed: columns of L that have all but faded become columns of R that have. Allocation: at construction only.</remarks>
internal sealed class OneStepRebalancing<T>(IMeasurementOperator<T> op, int width) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBlas<T> _blas = op.Blas;
    private readonly AlignedBuffer<T> _columns = new(Scratch<T>.LengthOf(op.Rows, width));
    private readonly AlignedBuffer<T> _rotations = new(Scratch<T>.LengthOf(width, width));
    private readonly AlignedBuffer<T> _gram = new(Scratch<T>.LengthOf(width, width));
    private readonly T[] _values = new T[width];

    /// <summary>Fills the next slot of the workspace.</summary>
    /// <param name="work">The factors.</param>
    /// <param name="beta">beta, in the user's units of the factors.</param>
    /// <returns>The new step size 0.5 / max(||L||_2, ||R||_2)^2, in the user's units.</returns>
    public double Apply(FactorWorkspace<T> work, double beta)
    {
        int exponent = work.Loss.Exponent;
        T level = T.CreateTruncating(Math.ScaleB(beta, -exponent / 2));
        MatrixSpan<T> columns = _columns.Matrix(width, work.Left.Rows);
        MatrixSpan<T> rotations = _rotations.Matrix(width, width);
        work.Left.AsReadOnly().Transpose().CopyTo(columns);
        JacobiSvd.Decompose(columns, _values, rotations);
        MatrixSpan<T> left = work.NextLeft;
        MatrixSpan<T> right = work.NextRight;
        _blas.Gemm(T.One, work.Right, rotations.AsReadOnly().Transpose(), T.Zero, right);
        for (int j = 0; j < width; j++)
        {
            for (int i = 0; i < left.Rows; i++)
            {
                left[i, j] = level * columns[j, i];
            }

            for (int i = 0; i < right.Rows; i++)
            {
                right[i, j] *= _values[j] / level;
            }
        }

        double largest = Math.Max(double.CreateTruncating(level * level), SquaredNorm(right));
        return Math.ScaleB(0.5 / largest, -exponent);
    }

    public void Dispose()
    {
        _columns.Dispose();
        _rotations.Dispose();
        _gram.Dispose();
    }

    /// <summary>||F||_2^2, the largest eigenvalue of F^T F.</summary>
    private double SquaredNorm(ReadOnlyMatrixSpan<T> factor)
    {
        MatrixSpan<T> gram = _gram.Matrix(width, width);
        _blas.Gemm(T.One, factor.Transpose(), factor, T.Zero, gram);
        JacobiEvd.Decompose(gram, _values, _rotations.Matrix(width, width));
        return double.CreateTruncating(_values[0]);
    }
}
