namespace FastSensing.Solvers.StepSizes;

/// <summary>
/// eta_t = &lt;s, d&gt; / &lt;d, d&gt; with s the last change of the factors and d that of the gradient, at most clip / sigma1; the clip
/// itself where the curvature &lt;s, d&gt; is not positive, and first / sigma1 for the first step.
/// </summary>
/// <remarks>
/// The loss may rise in between. Cost of a step: one operator call. Reference: Barzilai, Borwein, IMA Journal of Numerical
/// Analysis 8, 1988, the second (shorter) of the two steps.
/// </remarks>
public sealed record BarzilaiBorweinStepSize : StepSizeRule
{
    /// <summary>Fixes the numbers.</summary>
    /// <param name="first">The first step, in units of 1 / sigma1; positive and finite.</param>
    /// <param name="clip">The longest step, in units of 1 / sigma1; positive and finite.</param>
    public BarzilaiBorweinStepSize(double first = 0.25, double clip = 3)
    {
        First = RequirePositive(first);
        Clip = RequirePositive(clip);
    }

    /// <summary>The first step, in units of 1 / sigma1.</summary>
    public double First { get; }

    /// <summary>The longest step, in units of 1 / sigma1.</summary>
    public double Clip { get; }

    /// <inheritdoc/>
    public override bool LooksAhead => true;

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Over(First, curvature);

    /// <summary>The longest step.</summary>
    internal double LongestFor(double curvature) => Over(Clip, curvature);
}
