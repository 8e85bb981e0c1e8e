using System.Numerics;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>eta is what the rule says, whatever the iterate.</summary>
internal sealed class PlainGradientStep<T>(StepSizeRule rule, FactorWorkspace<T> work) : IGradientStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SolveStatus Descend() => work.DescendGradient(rule.StepFor(work.Sigma1));

    public void Dispose()
    {
        // Holds nothing.
    }
}
