using System.Numerics;
using FastSensing.Initialization;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.Methods;

/// <summary>What the published damped scaled methods differ in: name, start and damping. The update is the same.</summary>
internal sealed record DampedDefaults(string Name, double StepSize, DampingRule Damping, bool StartsSpectral)
{
    private const string Asymmetric = "asymmetric-";

    /// <summary>ScaledGD(lambda): from a small random start.</summary>
    public static DampedDefaults ScaledGD { get; } = new("damped-scaled-gradient-descent", 0.3, new ResidualDamping(1), StartsSpectral: false);

    /// <summary>PrecGD: from a spectral start, with the root of the loss as the damping.</summary>
    public static DampedDefaults PrecGD { get; } = new("preconditioned-gradient-descent", 0.5, new LossDamping(), StartsSpectral: true);

    /// <summary>The same for general matrices.</summary>
    public DampedDefaults ForGeneral() => this with { Name = Asymmetric + Name };

    public FactorStart StartFor<T>(SensingProblem<T> problem, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        StartsSpectral ? FactorWidth.SpectralIfNarrow(problem, width) : FactorStart.Random;
}
