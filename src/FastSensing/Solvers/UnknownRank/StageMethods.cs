using System.Numerics;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Solvers.UnknownRank;

/// <summary>The methods of the stages: ScaledGD(lambda), wide with strong damping, then at the rank with damping that only guards.</summary>
internal static class StageMethods
{
    /// <summary>
    /// Damping of the polish, as a share of sigma1 times the relative residual. It vanishes with the residual, so the
    /// polish becomes ScaledGD; while the residual is large it keeps ranks above the true one from breaking down.
    /// </summary>
    private const double PolishDamping = 0.05;

    /// <summary>First step size of the wide stages, halved as long as the residual rises.</summary>
    public const double DampedStep = 0.3;

    /// <summary>First step size at a rank, halved as long as the residual rises.</summary>
    public const double PolishStep = 0.5;

    /// <summary>Steps after which a run at a rank ends in any case: it gains a per cent in dozens of steps at the least, or is ended before.</summary>
    public const int PolishLimit = 3000;

    /// <summary>
    /// Steps are halved at most so often. Operators far from isometric need it: entry samples with full and empty rows,
    /// a handful of measurements.
    /// </summary>
    private const double SmallestShare = 1.0 / 64;

    /// <summary>A residual this much above its lowest value is rising.</summary>
    private const double Rise = 1.25;

    /// <summary>The method of the wide stages, from a small random start.</summary>
    public static IIterativeMethod<T> Damped<T>(SensingProblem<T> problem, int width, double step, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(problem, new MethodOptions { Width = width, Seed = seed, StepSize = step });

    /// <summary>The method of the stages at a rank; it starts from given factors.</summary>
    public static IIterativeMethod<T> Polish<T>(SensingProblem<T> problem, int rank, double step, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Create(problem, new MethodOptions { Width = rank, Seed = seed, StepSize = step, Damping = new ResidualDamping(PolishDamping) });

    /// <summary>The criteria of every stage: the residual reached, the steps used up, or the steps too long.</summary>
    public static StoppingCriterion Stop(double residual, int iterations) =>
        new StopWhenResidualBelow(residual) | new StopAfterIterations(iterations) | new StopWhenRising(Rise);

    /// <summary>Runs a stage, and again with half the step as long as the steps were too long.</summary>
    /// <param name="firstStep">The step size to begin with.</param>
    /// <param name="run">Runs the stage from its start with the given step size and says how it ended.</param>
    public static void WithSuitableStep(double firstStep, Func<double, SolveStatus> run)
    {
        for (double step = firstStep; run(step) is SolveStatus.Diverged or SolveStatus.NonFinite && step > SmallestShare * firstStep; step /= 2)
        {
        }
    }

    private static IIterativeMethod<T> Create<T>(SensingProblem<T> problem, MethodOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        problem.Structure == MatrixStructure.Symmetric
            ? new DampedScaledGradientDescent<T>(problem, options)
            : new AsymmetricDampedScaledGradientDescent<T>(problem, options);
}
