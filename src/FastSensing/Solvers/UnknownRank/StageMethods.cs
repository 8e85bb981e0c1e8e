using System.Numerics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>The methods of the stages: ScaledGD(lambda), wide with strong damping, then at the rank with damping that only guards.</summary>
internal static class StageMethods
{
    /// <summary>
    /// Damping of the polish, as a share of sigma1 times the relative residual. It vanishes with the residual, so the
    /// polish becomes ScaledGD; while the residual is large it keeps ranks above the true one from breaking down.
    /// </summary>
    private const double PolishDamping = 0.05;
    private const double PolishStep = 0.5;

    /// <summary>The method of the wide stages, from a small random start.</summary>
    public static IIterativeMethod<T> Damped<T>(SensingProblem<T> problem, int width, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(problem, new MethodOptions { Width = width, Seed = seed });

    /// <summary>The method of the stages at a rank; it starts from given factors.</summary>
    public static IIterativeMethod<T> Polish<T>(SensingProblem<T> problem, int rank, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(problem, new MethodOptions { Width = rank, Seed = seed, StepSize = PolishStep, Damping = new ResidualDamping(PolishDamping) });

    private static IIterativeMethod<T> Create<T>(SensingProblem<T> problem, MethodOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        problem.Structure == MatrixStructure.Symmetric
            ? new DampedScaledGradientDescent<T>(problem, options)
            : new AsymmetricDampedScaledGradientDescent<T>(problem, options);
}
