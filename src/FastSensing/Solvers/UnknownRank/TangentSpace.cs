using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers.LeastSquares;

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
    private readonly SensingProblem<T> _problem;
    private readonly FactorCut<T> _cut;
    private readonly int _rank;

    /// <summary>The tangent space at the best approximation of the given rank.</summary>
    public TangentSpace(SensingProblem<T> problem, FactorCut<T> cut, int rank)
    {
        _problem = problem;
        _cut = cut;
        _rank = rank;
    }

    /// <summary>The share of ||residual||^2 that the best of these changes would take away, in 0..1.</summary>
    /// <param name="residual">A(X) - y, length m; overwritten by what remains.</param>
    /// <param name="steps">Conjugate-gradient steps; with few of them the share is a lower bound.</param>
    public double Explain(Span<T> residual, int steps)
    {
        using TangentMap<T> map = new(_problem, _rank);
        T[] left = new T[_problem.Operator.Rows * _rank];
        T[] right = new T[_problem.Operator.Columns * _rank];
        MatrixSpan<T> leftFactor = new(left, _problem.Operator.Rows, _rank);
        MatrixSpan<T> rightFactor = new(right, _problem.Operator.Columns, _rank);
        _cut.CopyTo(leftFactor, rightFactor);
        map.SetBasis(leftFactor, map.LeftBasis);
        map.SetBasis(rightFactor, map.RightBasis);
        double before = Squares(residual);
        new ConjugateGradients<T>(map.Unknowns, residual.Length).Solve(map, map.Unknowns, residual, reduction: 0, steps);
        return before > 0 ? Math.Max(0, 1 - (Squares(residual) / before)) : 0;
    }

    private static double Squares(ReadOnlySpan<T> values)
    {
        double sum = 0;
        foreach (T value in values)
        {
            double number = double.CreateTruncating(value);
            sum += number * number;
        }

        return sum;
    }
}
