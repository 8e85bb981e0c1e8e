using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Methods;

/// <summary>The rows of <see cref="MethodCatalog{T}"/> for methods that move X itself, and for the flow that theory speaks of.</summary>
internal static class MatrixMethods<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static IReadOnlyList<MethodDescription<T>> All { get; } =
    [
        new(
            "singular-value-projection",
            "SVP",
            "Jain, Meka, Dhillon, NeurIPS 2010",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new SingularValueProjection<T>(problem, options)),
        new(
            "normalized-iterative-hard-thresholding",
            "NIHT",
            "Tanner, Wei, SIAM J. Sci. Comput. 2013",
            MatrixStructure.General,
            RankKnowledge.Exact,
            static (problem, options) => new NormalizedIterativeHardThresholding<T>(problem, options))
        {
            HasStepSize = false,
        },
        new(
            "nuclear-norm-proximal-gradient",
            "APGM for the nuclear norm",
            "Toh, Yun, Pac. J. Optim. 2010",
            MatrixStructure.General,
            RankKnowledge.Unconstrained,
            static (problem, options) => new NuclearNormProximalGradient<T>(problem, MatrixStructure.General, options)),
        new(
            "semidefinite-nuclear-norm-proximal-gradient",
            "APGM for the nuclear norm, semidefinite",
            "Toh, Yun, Pac. J. Optim. 2010",
            MatrixStructure.Symmetric,
            RankKnowledge.Unconstrained,
            static (problem, options) => new NuclearNormProximalGradient<T>(problem, MatrixStructure.Symmetric, options)),
        new(
            "projected-gradient-descent",
            "Projected gradient descent on the semidefinite cone",
            "Gunasekar et al., NeurIPS 2017",
            MatrixStructure.Symmetric,
            RankKnowledge.Unconstrained,
            static (problem, options) => new ProjectedGradientDescent<T>(problem, options)),
        new(
            "gradient-flow",
            "Gradient flow by Runge-Kutta steps",
            "Gunasekar et al., NeurIPS 2017",
            MatrixStructure.Symmetric,
            RankKnowledge.Any,
            static (problem, options) => new GradientFlow<T>(problem, options))
        {
            HasStepSize = false,
        },
        new(
            "minimum-nuclear-norm",
            "Minimum nuclear norm by ADMM",
            "Recht, Fazel, Parrilo, SIAM Review 2010",
            MatrixStructure.General,
            RankKnowledge.Unconstrained,
            static (problem, options) => new MinimumNuclearNorm<T>(problem, MatrixStructure.General, options))
        {
            HasStepSize = false,
        },
        new(
            "semidefinite-minimum-nuclear-norm",
            "Minimum nuclear norm by ADMM, semidefinite",
            "Gunasekar et al., NeurIPS 2017",
            MatrixStructure.Symmetric,
            RankKnowledge.Unconstrained,
            static (problem, options) => new MinimumNuclearNorm<T>(problem, MatrixStructure.Symmetric, options))
        {
            HasStepSize = false,
        },
    ];
}
