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
    ];
}
