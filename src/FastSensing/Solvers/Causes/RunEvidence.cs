using FastSensing.Diagnostics;

namespace FastSensing.Solvers.Causes;

/// <summary>The numbers of a finished run that its causes are told apart by; all of them free of units.</summary>
internal readonly record struct RunEvidence
{
    public required SolveStatus Status { get; init; }

    /// <summary>Width k of the factors.</summary>
    public required int Width { get; init; }

    /// <summary>Whether the method works at the rank only.</summary>
    public required bool NeedsRank { get; init; }

    /// <summary>min(n1, n2).</summary>
    public required int LargestRank { get; init; }

    /// <summary>m.</summary>
    public required int Measurements { get; init; }

    /// <summary>Number of singular values of the iterate above a hundredth of the largest.</summary>
    public required int FoundRank { get; init; }

    /// <summary>Degrees of freedom of that rank.</summary>
    public required long FoundFreedom { get; init; }

    /// <summary>Step size of the last step.</summary>
    public required double StepSize { get; init; }

    /// <summary>Damping of the last step, over the estimate of sigma1.</summary>
    public required double Damping { get; init; }

    /// <summary>(||L_0||_2^2 + ||R_0||_2^2) / 2 over the estimate of sigma1: 1 at X.</summary>
    public required double StartSize { get; init; }

    /// <summary>Relative residual of the first iterate, the lowest and the last one.</summary>
    public required double FirstResidual { get; init; }

    public required double LowestResidual { get; init; }

    public required double LastResidual { get; init; }

    /// <summary>Share of the recorded steps of the later half at which the residual rose.</summary>
    public required double Rises { get; init; }

    /// <summary>Whether passes over single entries lower the residual no more: where no X fits all entries, their gradient does not vanish.</summary>
    public required bool Hovers { get; init; }

    /// <summary>||L^T L - R^T R||_2 over ||L||_2^2 + ||R||_2^2.</summary>
    public required double Imbalance { get; init; }

    /// <summary>||L^T L - R^T R||_2 over what it was at the start.</summary>
    public required double ImbalanceGrowth { get; init; }

    /// <summary>||gradient|| over ||res|| (||L||_2^2 + ||R||_2^2)^(1/2).</summary>
    public required double Gradient { get; init; }

    /// <summary>||A*(res)||_2 over what it would be if the residual were noise.</summary>
    public required double Structure { get; init; }

    /// <summary>The smallest singular value of the iterate over ||A*(res)||_2 / s^2.</summary>
    public required double SmallestColumn { get; init; }

    /// <summary>The largest damping share lambda / (sigma^2 + lambda) of a direction of X that has been found.</summary>
    public required double SignalShare { get; init; }

    /// <summary>Columns beyond the found ones whose damping share is above a half.</summary>
    public required int DampedColumns { get; init; }

    /// <summary>How the residual fell over the later half.</summary>
    public required ConvergenceRate? Rate { get; init; }
}
