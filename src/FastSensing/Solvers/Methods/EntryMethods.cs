using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>The rows of <see cref="MethodCatalog{T}"/> that take single entries of X.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class EntryMethods<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static MethodDescription<T>[] All { get; } =
    [
        new(
            "scaled-stochastic-gradient-descent",
            "ScaledSGD, entries of a symmetric matrix",
            "Zhang, Chiu, Zhang, NeurIPS 2022",
            MatrixStructure.Symmetric,
            RankKnowledge.Exact,
            static (problem, options) => new ScaledStochasticGradientDescent<T>(problem, options)) { NeedsEntries = true },
    ];
}
