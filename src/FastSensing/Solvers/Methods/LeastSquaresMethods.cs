using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>The rows of <see cref="MethodCatalog{T}"/> that solve least-squares problems inside a step, or weigh outliers down.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class LeastSquaresMethods<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static MethodDescription<T>[] All { get; } =
    [
        new(
            "alternating-least-squares",
            "ALS",
            "Jain, Netrapalli, Sanghavi, STOC 2013",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new AlternatingLeastSquares<T>(problem, options)) { HasStepSize = false },
        new(
            "gauss-newton-matrix-recovery",
            "GNMR, updating",
            "Zilber, Nadler, SIMODS 2022",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new GaussNewtonMatrixRecovery<T>(problem, options)) { HasStepSize = false },
        new(
            "gauss-newton-matrix-recovery-setting",
            "GNMR, setting",
            "Zilber, Nadler, SIMODS 2022",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new GaussNewtonMatrixRecovery<T>(problem, options, GaussNewtonUpdate.Setting)) { HasStepSize = false },
        new(
            "scaled-subgradient-method",
            "ScaledSM, l1 loss",
            "Tong, Ma, Chi, IEEE TSP 2021",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new ScaledSubgradientMethod<T>(problem, options)) { HasStepSize = false, MinimizesLoss = false },
        new(
            "scaled-huber-descent",
            "ScaledSM, Huber loss",
            "Tong, Ma, Chi, IEEE TSP 2021, with Huber's loss",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new ScaledSubgradientMethod<T>(problem, options, RobustLoss.Huber)) { HasStepSize = false, MinimizesLoss = false },
        new(
            "overparameterized-preconditioned-subgradient",
            "OPSA",
            "Giampouras, Cai, Vidal, ICML 2025",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new OverparameterizedPreconditionedSubgradient<T>(problem, options)) { HasStepSize = false, MinimizesLoss = false },
    ];
}
