using System.Numerics;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>eta = &lt;s, d&gt; / &lt;d, d&gt;; computed on arrival, while both gradients are there, and kept with the iterate.</summary>
internal sealed class BarzilaiBorweinGradientStep<T>(BarzilaiBorweinStepSize rule, FactorWorkspace<T> work) : IGradientStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SolveStatus Descend()
    {
        double longest = rule.LongestFor(work.Sigma1);
        double kept = work.Here.Memory;
        double step = kept > 0 ? kept : Math.Min(rule.StepFor(work.Sigma1), longest);
        SolveStatus status = work.DescendGradient(step);

        // s = -step g, d = h - g for the gradients g before and h after it.
        FactorBuffer<T> before = work.Next.Gradients;
        FactorBuffer<T> after = work.Here.Gradients;
        double squareBefore = before.Dot(before);
        double product = before.Dot(after);
        double curvature = squareBefore - product;
        double squareChange = squareBefore - (2 * product) + after.Dot(after);
        double next = step * curvature / squareChange;
        work.Here.Memory = next > 0 && next < longest ? next : longest;
        return status;
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
