using System.Numerics;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>Which part carries out which rule; a rule of one's own that does not look ahead is asked for its number.</summary>
internal static class GradientSteps
{
    /// <summary>The part for a rule, bound to the workspace; all memory is taken here.</summary>
    public static IGradientStep Bind<T>(StepSizeRule rule, FactorWorkspace<T> work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rule switch
        {
            ArmijoStepSize armijo => new ArmijoGradientStep<T>(armijo, work),
            ExactLineSearch exact => new ExactGradientStep<T>(exact, work),
            BarzilaiBorweinStepSize barzilai => new BarzilaiBorweinGradientStep<T>(barzilai, work),
            PolyakStepSize polyak => new PolyakGradientStep<T>(polyak, work),
            _ => new PlainGradientStep<T>(rule, work),
        };
}
