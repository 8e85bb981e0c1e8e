namespace FastSensing.Solvers.Methods;

/// <summary>What a method must know of the rank of X.</summary>
public enum RankKnowledge
{
    /// <summary>Any factor width of at least the rank will do.</summary>
    Any,

    /// <summary>The factor width is the rank.</summary>
    Exact,
}
