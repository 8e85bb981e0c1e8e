using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>The one list of the methods: whatever lists, builds or tests methods goes through it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public static class MethodCatalog<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All methods, each once.</summary>
    public static IReadOnlyList<MethodDescription<T>> All { get; } =
    [
        new(
            "symmetric-gradient-descent",
            "Gradient descent, symmetric",
            "Gunasekar et al., NeurIPS 2017; Xiong, Ding, Du, ICLR 2024",
            MatrixStructure.Symmetric,
            RankKnowledge.Any,
            static (problem, options) => new SymmetricGradientDescent<T>(problem, options)) { ServesLineSearch = true },
        new(
            "factorized-gradient-descent",
            "Factorised gradient descent",
            "Soltanolkotabi, Stoger, Xie, COLT 2023; Xiong, Ding, Du, ICLR 2024",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new FactorizedGradientDescent<T>(problem, options)) { ServesLineSearch = true },
        new(
            "scaled-gradient-descent",
            "ScaledGD",
            "Tong, Ma, Chi, JMLR 2021",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new ScaledGradientDescent<T>(problem, options)),
        new(
            "damped-scaled-gradient-descent",
            "ScaledGD(lambda), symmetric",
            "Xu, Shen, Chi, Ma, ICML 2023",
            MatrixStructure.Symmetric,
            RankKnowledge.Any,
            static (problem, options) => new DampedScaledGradientDescent<T>(problem, options)),
        new(
            "asymmetric-damped-scaled-gradient-descent",
            "ScaledGD(lambda)",
            "Xu, Shen, Chi, Ma, ICML 2023, asymmetric form",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new AsymmetricDampedScaledGradientDescent<T>(problem, options)),
        .. FactorMethods<T>.All,
        .. MatrixMethods<T>.All,
        .. LeastSquaresMethods<T>.All,
        .. EntryMethods<T>.All,
    ];
}
