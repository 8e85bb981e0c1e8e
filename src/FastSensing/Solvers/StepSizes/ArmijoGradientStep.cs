using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>Goes there with gradient and all, looks at the loss, and comes back to go half as far where it is not low enough.</summary>
/// <remarks>A loss alone would cost as much as a loss with its gradient: both read A once.</remarks>
internal sealed class ArmijoGradientStep<T>(ArmijoStepSize rule, FactorWorkspace<T> work) : IGradientStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostHalvings = 40;

    /// <summary>A loss is known to so many parts of itself; a decrease below that cannot be seen.</summary>
    private static readonly double s_rounding = 4 * double.CreateTruncating(RowOperations.Precision<T>());

    public SolveStatus Descend()
    {
        FactorSlot<T> here = work.Here;
        double loss = work.Loss.Raw(here.ResidualNorm);
        double slope = work.Loss.Slope(here.Gradients.Dot(here.Gradients));

        // Where the gradient is zero every step is as good as none, and twice as long for ever would end at infinity.
        double step = work.LastStep > 0 ? (slope > 0 ? 2 : 1) * work.LastStep : rule.StepFor(work.Sigma1);
        for (int halvings = 0; ; halvings++)
        {
            work.DescendGradient(step);
            double wanted = loss - (rule.Slope * work.Loss.ToGradientStep(step) * slope);
            if (work.Loss.Raw(work.Here.ResidualNorm) <= wanted + (s_rounding * loss) || halvings == MostHalvings)
            {
                return SolveStatus.Running;
            }

            work.Revert();
            step *= 0.5;
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
