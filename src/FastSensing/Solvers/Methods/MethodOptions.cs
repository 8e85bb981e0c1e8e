using FastSensing.Initialization;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.StepSizes;

namespace FastSensing.Solvers.Methods;

/// <summary>The numbers and rules of a method; what is null takes the method's own default, which works untuned.</summary>
public sealed record MethodOptions
{
    /// <summary>Factor width k >= 1, any; null for the problem's rank, or else a width the measurements can bear.</summary>
    public int? Width { get; init; }

    /// <summary>Step size: gradient methods step StepSize / sigma1, scaled methods StepSize.</summary>
    public StepSizeRule? StepSize { get; init; }

    /// <summary>Damping: a number is lambda in the units of X. Methods without damping ignore it.</summary>
    public DampingRule? Damping { get; init; }

    /// <summary>Random start: entries N(0, InitialScale^2 sigma1 / n).</summary>
    public double? InitialScale { get; init; }

    /// <summary>Seed of the random start and of the spectral estimate.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most conjugate-gradient steps of one inner least-squares problem, >= 1; methods without one ignore it.</summary>
    public int? InnerSteps { get; init; }

    /// <summary>Random or spectral start.</summary>
    public FactorStart? Start { get; init; }

    /// <summary>Of gradient flow: the error that a step of the integrator may make, relative to each element of U; positive, by default 1e-6.</summary>
    public double? IntegrationTolerance { get; init; }
}
