using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Preconditioners;

/// <summary>
/// The directions of the asymmetric scaled methods: next left &#8592; G R (R^T R + lambda I)^-1 and
/// next right &#8592; G^T L (L^T L + lambda I)^-1, both from the current factors.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class PairPreconditioner<T>(IBlas<T> blas, int width) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GramPreconditioner<T> _leftGram = new(blas, width);
    private readonly GramPreconditioner<T> _rightGram = new(blas, width);

    /// <summary>Fills the next slot of the workspace with the directions.</summary>
    /// <param name="work">The factors and gradients.</param>
    /// <param name="damping">lambda in the user's units of X.</param>
    /// <returns>Running, or Breakdown, with nothing written, when a Gram matrix is not positive definite.</returns>
    public SolveStatus Apply(FactorWorkspace<T> work, double damping)
    {
        double shift = work.Loss.ToUnits(damping);
        if (_rightGram.Factor(work.Right, shift) != SolveStatus.Running || _leftGram.Factor(work.Left, shift) != SolveStatus.Running)
        {
            return SolveStatus.Breakdown;
        }

        _rightGram.Apply(work.LeftGradient, work.NextLeft);
        _leftGram.Apply(work.RightGradient, work.NextRight);
        return SolveStatus.Running;
    }

    public void Dispose()
    {
        _leftGram.Dispose();
        _rightGram.Dispose();
    }
}
