using FastSensing.Operators;
using FastSensing.Solvers.Methods;

namespace FastSensing.Cli.Solving;

/// <summary>What --method understands: the names of the catalog, and short ones of which --symmetric or its absence picks the row.</summary>
internal static class MethodNames
{
    private static readonly (string Short, string Name)[] ShortNames =
    [
        ("gd", "symmetric-gradient-descent"),
        ("gd", "factorized-gradient-descent"),
        ("fgd", "factorized-gradient-descent"),
        ("scaledgd", "scaled-gradient-descent"),
        ("scaledgd-lambda", "damped-scaled-gradient-descent"),
        ("scaledgd-lambda", "asymmetric-damped-scaled-gradient-descent"),
        ("agn", "approximated-gauss-newton"),
        ("apgd", "approximated-gauss-newton"),
        ("altscaledgd", "approximated-gauss-newton"),
        ("balanced", "balanced-gradient-descent"),
        ("rebalanced", "rebalanced-gradient-descent"),
        ("precgd", "preconditioned-gradient-descent"),
        ("precgd", "asymmetric-preconditioned-gradient-descent"),
        ("nesterov", "accelerated-gradient-descent"),
        ("mifgd", "momentum-inspired-gradient-descent"),
        ("svp", "singular-value-projection"),
        ("niht", "normalized-iterative-hard-thresholding"),
        ("apgm", "nuclear-norm-proximal-gradient"),
        ("apgm", "semidefinite-nuclear-norm-proximal-gradient"),
        ("xgd", "projected-gradient-descent"),
        ("flow", "gradient-flow"),
        ("nuclear", "minimum-nuclear-norm"),
        ("nuclear", "semidefinite-minimum-nuclear-norm"),
        ("als", "alternating-least-squares"),
        ("gnmr", "gauss-newton-matrix-recovery"),
        ("scaledsm", "scaled-subgradient-method"),
        ("scaledsm-huber", "scaled-huber-descent"),
        ("opsa", "overparameterized-preconditioned-subgradient"),
        ("scaledsgd", "scaled-stochastic-gradient-descent"),
        ("gnmr-setting", "gauss-newton-matrix-recovery-setting"),
    ];

    /// <summary>The row of the catalog that a name means for problems of a structure; a row of the other structure where only that bears the name; or null.</summary>
    public static int? Find(string name, MatrixStructure structure)
    {
        int? other = null;
        for (int row = 0; row < MethodCatalog<double>.All.Count; row++)
        {
            MethodDescription<double> method = MethodCatalog<double>.All[row];
            if (method.Name == name || ShortNames.Contains((name, method.Name)))
            {
                if (method.Structure == structure)
                {
                    return row;
                }

                other = row;
            }
        }

        return other;
    }

    /// <summary>The short names of a row.</summary>
    public static IEnumerable<string> ShortOf(string name) => ShortNames.Where(pair => pair.Name == name).Select(pair => pair.Short);

    /// <summary>Every name, each once, for a message.</summary>
    public static string List() => string.Join(
        ", ", MethodCatalog<double>.All.Select(method => method.Name).Concat(ShortNames.Select(pair => pair.Short).Distinct()));
}
