namespace FastSensing.Solvers.StepSizes;

/// <summary>
/// eta = argmin over 0 &lt; t &lt;= clip / sigma1 of ||a0 - t a1 + t^2 a2||^2, the loss along the gradient (P, Q), which is a quartic:
/// a0 = A(L R^T) - y, a1 = A(P R^T + L Q^T), a2 = A(P Q^T).
/// </summary>
/// <remarks>
/// Cost of a step: one operator call, and two calls of Forward, one of them with twice the columns. Reference: Gunasekar,
/// Woodworth, Bhojanapalli, Neyshabur, Srebro, NeurIPS 2017 (arXiv 1705.09280), the exact line search clipped for stability.
/// </remarks>
public sealed record ExactLineSearch : StepSizeRule
{
    /// <summary>Fixes the clip.</summary>
    /// <param name="clip">The longest step, in units of 1 / sigma1; positive and finite.</param>
    public ExactLineSearch(double clip = 3) => Clip = RequirePositive(clip);

    /// <summary>The longest step, in units of 1 / sigma1.</summary>
    public double Clip { get; }

    /// <inheritdoc/>
    public override bool LooksAhead => true;

    /// <inheritdoc/>
    public override double StepFor(double curvature) => Over(Clip, curvature);
}
