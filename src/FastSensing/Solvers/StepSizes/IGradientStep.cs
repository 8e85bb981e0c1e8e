namespace FastSensing.Solvers.StepSizes;

/// <summary>A step size rule at work in one method: rules are immutable, what they need to remember is kept with the iterates.</summary>
/// <remarks>Taking back a step takes it back for the rule as well. Allocation: at construction only.</remarks>
internal interface IGradientStep : IDisposable
{
    /// <summary>One step along the plain gradient.</summary>
    SolveStatus Descend();
}
