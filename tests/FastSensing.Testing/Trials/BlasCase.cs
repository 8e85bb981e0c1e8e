using FastSensing.Kernels;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Trials;

/// <summary>
/// One call of one routine, described by numbers: printed before a call that may end the process, and in every failure,
/// it is all that repeats the call. M x N is the shape of the output; K the inner dimension, where there is one.
/// </summary>
public readonly record struct BlasCase(Routine Routine, int M, int N, int K)
{
    public double Alpha { get; init; } = 1;

    public double Beta { get; init; }

    public Layout A { get; init; }

    public Layout B { get; init; }

    public Layout C { get; init; }

    public Triangle Triangle { get; init; }

    /// <summary>Rows and columns are scaled by powers of two, from tiny to huge, with products of medium size: see <see cref="Grading{T}"/>.</summary>
    public bool Graded { get; init; }

    public Placement Placement { get; init; }

    public int Seed { get; init; }
}
