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

    /// <summary>Random start of L R^T: the entries of R are this many times as large as those of L; 1 where a method says nothing else.</summary>
    public double? InitialRatio { get; init; }

    /// <summary>Seed of the random start and of the spectral estimate.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most conjugate-gradient steps of one inner least-squares problem, >= 1; methods without one ignore it.</summary>
    public int? InnerSteps { get; init; }

    /// <summary>Random or spectral start.</summary>
    public FactorStart? Start { get; init; }

    /// <summary>Of gradient flow: the error that a step of the integrator may make, relative to each element of U; positive, by default 1e-6.</summary>
    public double? IntegrationTolerance { get; init; }

    /// <summary>The relative residual below which <see cref="RebalancedGradientDescent{T}"/> re-balances its factors; 0 for never.</summary>
    public double? RebalanceBelow
    {
        get;
        init => field = RequireNonNegative(value, "trigger of the re-balancing");
    }

    /// <summary>beta, the singular values that <see cref="RebalancedGradientDescent{T}"/> gives to L, in the units of the factors, > 0.</summary>
    public double? RebalanceTo
    {
        get;
        init => field = value is not 0
            ? RequireNonNegative(value, "level of the re-balancing")
            : throw new ArgumentOutOfRangeException(nameof(value), "The level of the re-balancing is 0; it must be positive.");
    }

    /// <summary>mu of <see cref="MomentumInspiredGradientDescent{T}"/>, at least 0 and below 1.</summary>
    public double? Momentum
    {
        get;
        init => field = value is not >= 1
            ? RequireNonNegative(value, "momentum")
            : throw new ArgumentOutOfRangeException(nameof(value), $"The momentum is {value}; it must be below 1.");
    }

    /// <summary>What a starting point is to be, with the defaults of a method.</summary>
    internal StartOptions StartOr(FactorStart start, double scale, int singularValues) => new()
    {
        Start = Start ?? start,
        InitialScale = InitialScale ?? scale,
        InitialRatio = InitialRatio ?? 1,
        Seed = Seed,
        SingularValues = singularValues,
    };

    /// <summary>Which singular value of X the damping wants an estimate of.</summary>
    internal int RankSought(int expected) => Damping?.RankFor(expected) ?? 1;

    private static double? RequireNonNegative(double? value, string name) =>
        value is null || (double.IsFinite(value.Value) && value >= 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The {name} is {value}; it must be finite and not negative.");
}
