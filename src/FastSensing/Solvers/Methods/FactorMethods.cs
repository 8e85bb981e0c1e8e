using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>The rows of <see cref="MethodCatalog{T}"/> for variants of descent on factors: balanced, preconditioned, with momentum, alternating.</summary>
internal static class FactorMethods<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static IReadOnlyList<MethodDescription<T>> All { get; } =
    [
        new(
            "approximated-gauss-newton",
            "AGN, APGD",
            "Jia, Feng, Meng, Sun, NeurIPS 2024; arXiv 2502.00463",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new ApproximatedGaussNewton<T>(problem, options)),
        new(
            "balanced-gradient-descent",
            "Balanced gradient descent",
            "Tu et al., ICML 2016; Park et al., AISTATS 2017",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new BalancedGradientDescent<T>(problem, options)),
        new(
            "rebalanced-gradient-descent",
            "Gradient descent with one re-balancing step",
            "Xiong, Ding, Du, ICLR 2024",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new RebalancedGradientDescent<T>(problem, options)),
        new(
            "preconditioned-gradient-descent",
            "PrecGD, symmetric",
            "Zhang, Fattahi, Zhang, NeurIPS 2021",
            MatrixStructure.Symmetric,
            RankKnowledge.Any,
            static (problem, options) => DampedScaledGradientDescent<T>.PrecGD(problem, options)),
        new(
            "asymmetric-preconditioned-gradient-descent",
            "PrecGD",
            "Zhang, Fattahi, Zhang, NeurIPS 2021; asymmetric form, ICASSP 2024",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => AsymmetricDampedScaledGradientDescent<T>.PrecGD(problem, options)),
        new(
            "accelerated-gradient-descent",
            "Accelerated factor descent",
            "Nesterov 1983; O'Donoghue, Candes 2015",
            MatrixStructure.General,
            RankKnowledge.Any,
            static (problem, options) => new AcceleratedGradientDescent<T>(problem, options)),
        new(
            "momentum-inspired-gradient-descent",
            "MiFGD, symmetric",
            "Kim, Kollias, Kalev, Wei, Kyrillidis 2021",
            MatrixStructure.Symmetric,
            RankKnowledge.Any,
            static (problem, options) => new MomentumInspiredGradientDescent<T>(problem, options)),
    ];
}
