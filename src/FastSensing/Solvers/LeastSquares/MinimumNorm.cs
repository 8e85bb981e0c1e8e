using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>
/// The X of least Frobenius norm among those with the least ||A(X) - y||: what the measurements say without any thought of
/// rank. Its recovery error shows how much of a problem the low rank has to solve, about sqrt(1 - m / unknowns) for Gaussian A_i.
/// </summary>
public static class MinimumNorm
{
    /// <summary>A^+ y by conjugate gradients from 0, symmetric for symmetric problems.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="problem">A, y and the structure of X; its rank plays no part.</param>
    /// <param name="reduction">It ends when the gradient in X is down to this times its first norm, or to rounding,</param>
    /// <param name="iterations">or after so many steps: many are needed only where m is near the number of unknowns.</param>
    /// <param name="cancellation">Ends it with what has been found so far.</param>
    /// <returns>X, n1 x n2, row by row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Reduction outside [0, 1), fewer than 0 iterations, or an X that no span can hold.</exception>
    /// <remarks>
    /// <para>Cost: two operator calls a step, the forward one of width min(n1, n2). Allocates: it is no part of a loop.</para>
    /// <para>Reference: Paige, Saunders, ACM Transactions on Mathematical Software 8, 1982.</para>
    /// </remarks>
    public static T[] Solve<T>(SensingProblem<T> problem, double reduction = 1e-8, int iterations = 1000, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        ArgumentOutOfRangeException.ThrowIfNegative(reduction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reduction, 1);
        IMeasurementOperator<T> op = problem.Operator;
        OperatorShapes.RequireStorable(op.Rows, op.Columns);
        ScaledMeasurements<T> measurements = new(op.MeasurementCount);
        measurements.Take(problem.Measurements.Span);
        using WholeMatrixMap<T> map = new(problem, cancellation);
        int unknowns = op.Rows * op.Columns;
        ConjugateGradients<T> solver = new(unknowns, op.MeasurementCount);
        T[] x = solver.Solve(map, unknowns, measurements.Values.ToArray(), reduction, iterations).ToArray();
        PowerOfTwo.Scale<T>(x, measurements.Exponent + map.Exponent);
        return x;
    }

    /// <summary>vec(X) to A(X) 2^q with 2^q near 1 / s; once cancelled the zero map, on which the solver ends.</summary>
    private sealed class WholeMatrixMap<T> : ILinearMap<T>, IDisposable
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly IMeasurementOperator<T> _op;
        private readonly bool _symmetric;
        private readonly CancellationToken _cancellation;
        private readonly WholeMatrix<T> _whole;
        private readonly AlignedBuffer<T> _scratch;

        public WholeMatrixMap(SensingProblem<T> problem, CancellationToken cancellation)
        {
            _op = problem.Operator;
            _symmetric = problem.Structure == MatrixStructure.Symmetric;
            _cancellation = cancellation;
            Exponent = InverseSquare.Of(_op.ScaleFor(problem.Structure)).Exponent;
            _whole = new WholeMatrix<T>(_op);
            _scratch = new AlignedBuffer<T>(_op.ScratchLength(_whole.Width));
        }

        /// <summary>q.</summary>
        public int Exponent { get; }

        public void Forward(ReadOnlySpan<T> x, Span<T> y)
        {
            _op.Forward(_whole.Of(new ReadOnlyMatrixSpan<T>(x, _op.Rows, _op.Columns)), y, _scratch.Span);
            if (_cancellation.IsCancellationRequested)
            {
                y.Clear();
            }

            PowerOfTwo.Scale(y, Exponent);
        }

        public void Adjoint(ReadOnlySpan<T> z, Span<T> x)
        {
            MatrixSpan<T> matrix = new(x, _op.Rows, _op.Columns);
            _op.Adjoint(z, matrix, _scratch.Span);
            if (_symmetric)
            {
                SymmetricPart.Take(matrix);
            }

            PowerOfTwo.Scale(x, Exponent);
        }

        public void Dispose()
        {
            _whole.Dispose();
            _scratch.Dispose();
        }
    }
}
