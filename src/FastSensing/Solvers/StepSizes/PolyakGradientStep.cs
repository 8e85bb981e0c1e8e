using System.Numerics;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>eta = factor loss / ||gradient||^2, at most clip / sigma1.</summary>
internal sealed class PolyakGradientStep<T>(PolyakStepSize rule, FactorWorkspace<T> work) : IGradientStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SolveStatus Descend()
    {
        FactorSlot<T> here = work.Here;
        double slope = work.Loss.Slope(here.Gradients.Dot(here.Gradients));
        double step = work.Loss.FromGradientStep(rule.Factor * work.Loss.Raw(here.ResidualNorm) / slope);
        double longest = rule.StepFor(work.Sigma1);

        // Where the gradient vanishes the quotient is infinite or NaN.
        return work.DescendGradient(step < longest ? step : longest);
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
