using System.Numerics;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.Methods;

/// <summary>One row of <see cref="MethodCatalog{T}"/>: what a method is called, where it was published, how it is made.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Paper">Where it was published.</param>
/// <param name="Structure">The problems it is for.</param>
/// <param name="Rank">Whether it must know the rank.</param>
/// <param name="Create">Makes an instance for a problem of that structure.</param>
public sealed record MethodDescription<T>(
    string Name,
    string Title,
    string Paper,
    MatrixStructure Structure,
    RankKnowledge Rank,
    Func<SensingProblem<T>, MethodOptions?, IIterativeMethod<T>> Create)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether <see cref="MethodOptions.StepSize"/> means anything to it.</summary>
    public bool HasStepSize { get; init; } = true;

    /// <summary>Whether it moves along the plain gradient, and so serves the rules of <see cref="MethodOptions.StepSize"/> that look ahead.</summary>
    public bool ServesLineSearch { get; init; }

    /// <summary>Whether it minimises the loss that it reports; robust methods minimise another one, which has other minima below the rank of X.</summary>
    public bool MinimizesLoss { get; init; } = true;

    /// <summary>Whether it takes single entries of X, so that the operator must implement <see cref="IEntryMeasurements"/>.</summary>
    public bool NeedsEntries { get; init; }
}
