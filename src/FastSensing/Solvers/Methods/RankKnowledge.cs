namespace FastSensing.Solvers.Methods;

/// <summary>What a method must know of the rank of X.</summary>
public enum RankKnowledge
{
    /// <summary>Any factor width of at least the rank will do.</summary>
    Any,

    /// <summary>The factor width is the rank.</summary>
    Exact,

    /// <summary>None: the method moves X itself, its iterates may be of any rank, and the width is min(n1, n2) whatever was asked for.</summary>
    Unconstrained,
}
