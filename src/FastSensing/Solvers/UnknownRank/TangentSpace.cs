using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>
/// The first-order changes of X = L R^T at its rank, U Q^T + P V^T with orthonormal U and V, and how much of the residual
/// they would take away: nothing at a least-squares fit, whatever the noise.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Conjugate gradients on the least-squares problem over P and Q (CGLS): independent of the condition number of X, because
/// U and V are orthonormal, and quick for an A with a few outstanding directions, which is what plain gradients are slow at.
/// For X = U U^T the changes are P U^T + U P^T. Allocation: at construction.
/// </remarks>
internal sealed class TangentSpace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly T[] _scratch;
    private readonly int _rank;

    /// <summary>The tangent space at the best approximation of the given rank.</summary>
    public TangentSpace(SensingProblem<T> problem, FactorCut<T> cut, int rank)
    {
        _operator = problem.Operator;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _rank = rank;
        _left = new T[_operator.Rows * 2 * rank];
        _right = new T[_operator.Columns * 2 * rank];
        _scratch = new T[_operator.ScratchLength(2 * rank)];
        cut.CopyTo(LeftBasis, RightBasis);
        Normalize(LeftBasis);
        Normalize(RightBasis);
    }

    // [P U] and [V Q], so that their product is P V^T + U Q^T.
    private MatrixSpan<T> WideLeft => new(_left, _operator.Rows, 2 * _rank);

    private MatrixSpan<T> WideRight => new(_right, _operator.Columns, 2 * _rank);

    private MatrixSpan<T> LeftChange => WideLeft.Slice(0, 0, _operator.Rows, _rank);

    private MatrixSpan<T> LeftBasis => WideLeft.Slice(0, _rank, _operator.Rows, _rank);

    private MatrixSpan<T> RightBasis => WideRight.Slice(0, 0, _operator.Columns, _rank);

    private MatrixSpan<T> RightChange => WideRight.Slice(0, _rank, _operator.Columns, _rank);

    /// <summary>The share of ||residual||^2 that the best of these changes would take away, in 0..1.</summary>
    /// <param name="residual">A(X) - y, length m; overwritten by what remains.</param>
    /// <param name="steps">Conjugate-gradient steps; with few of them the share is a lower bound.</param>
    public double Explain(Span<T> residual, int steps)
    {
        int left = _operator.Rows * _rank;
        T[] gradient = new T[left + (_symmetric ? 0 : _operator.Columns * _rank)];
        T[] direction = new T[gradient.Length];
        T[] image = new T[residual.Length];
        double before = Squares(residual);
        double old = double.PositiveInfinity;
        for (int step = 0; step < steps; step++)
        {
            Adjoint(residual, gradient);
            double squares = Squares(gradient);
            T keep = T.CreateTruncating(squares / old);
            for (int i = 0; i < gradient.Length; i++)
            {
                direction[i] = gradient[i] + (keep * direction[i]);
            }

            Forward(direction, image);
            double curvature = Squares(image);
            if (!(curvature > 0))
            {
                break;
            }

            Level1.Axpy(T.CreateTruncating(-squares / curvature), image, residual);
            old = squares;
        }

        return before > 0 ? Math.Max(0, 1 - (Squares(residual) / before)) : 0;
    }

    private void Adjoint(ReadOnlySpan<T> z, T[] gradient)
    {
        MatrixSpan<T> left = new(gradient, _operator.Rows, _rank);
        T[] memory = _symmetric ? new T[gradient.Length] : gradient;
        MatrixSpan<T> right = new(memory.AsSpan(_symmetric ? 0 : _operator.Rows * _rank), _operator.Columns, _rank);
        _operator.AdjointProducts(z, new FactorPair<T>(LeftBasis, RightBasis), left, right, _scratch);
        if (_symmetric)
        {
            Level1.Axpy<T>(T.One, memory, gradient);
        }
    }

    private void Forward(T[] direction, T[] image)
    {
        new ReadOnlyMatrixSpan<T>(direction, _operator.Rows, _rank).CopyTo(LeftChange);
        new ReadOnlyMatrixSpan<T>(direction.AsSpan(_symmetric ? 0 : _operator.Rows * _rank), _operator.Columns, _rank).CopyTo(RightChange);
        _operator.Forward(new FactorPair<T>(WideLeft, WideRight), image, _scratch);
    }

    private static void Normalize(MatrixSpan<T> basis)
    {
        for (int j = 0; j < basis.Columns; j++)
        {
            double squares = 0;
            for (int i = 0; i < basis.Rows; i++)
            {
                squares += Square(basis[i, j]);
            }

            T factor = T.CreateTruncating(squares > 0 ? 1 / Math.Sqrt(squares) : 0);
            for (int i = 0; i < basis.Rows; i++)
            {
                basis[i, j] *= factor;
            }
        }
    }

    private static double Squares(ReadOnlySpan<T> values)
    {
        double sum = 0;
        foreach (T value in values)
        {
            sum += Square(value);
        }

        return sum;
    }

    private static double Square(T value)
    {
        double number = double.CreateTruncating(value);
        return number * number;
    }
}
