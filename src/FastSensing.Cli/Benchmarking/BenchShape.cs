namespace FastSensing.Cli.Benchmarking;

/// <summary>Which of its sizes a routine's n and r are.</summary>
internal enum BenchShape
{
    /// <summary>n and nothing else.</summary>
    Square,

    /// <summary>n and nothing else; the result is added to what is there.</summary>
    Added,

    /// <summary>n x n x r: X = L R^T.</summary>
    Nnr,

    /// <summary>n x r x n: a gradient G, n x n, times a factor, n x r.</summary>
    Nrn,

    /// <summary>n x r x n with the transposed gradient: G^T times a factor.</summary>
    Twin,

    /// <summary>r x r x n: the products of the columns of factors.</summary>
    Gram,
}
