namespace FastSensing.Solvers.Stopping;

/// <summary>
/// Says when a run ends, and why. Combine with | (the first that is not Running, left first) and &amp; (when both
/// stop, with the left status).
/// </summary>
public abstract class StoppingCriterion
{
    /// <summary>Stops when either does.</summary>
    /// <param name="left">Asked first.</param>
    /// <param name="right">Asked when the left one says Running.</param>
    public static StoppingCriterion operator |(StoppingCriterion left, StoppingCriterion right) => new AnyOf(Require(left, nameof(left)), Require(right, nameof(right)));

    /// <summary>Stops when both do, with the left status.</summary>
    /// <param name="left">Gives the status.</param>
    /// <param name="right">Must stop as well.</param>
    public static StoppingCriterion operator &(StoppingCriterion left, StoppingCriterion right) => new AllOf(Require(left, nameof(left)), Require(right, nameof(right)));

    /// <summary>Forgets everything seen; the driver calls it before the initial point.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>Judges one iterate; called once for each, in order.</summary>
    /// <param name="progress">Its numbers.</param>
    public abstract SolveStatus Check(in IterationProgress progress);

    private static StoppingCriterion Require(StoppingCriterion criterion, string name) => criterion ?? throw new ArgumentNullException(name);

    private sealed class AnyOf(StoppingCriterion left, StoppingCriterion right) : StoppingCriterion
    {
        public override void Reset()
        {
            left.Reset();
            right.Reset();
        }

        public override SolveStatus Check(in IterationProgress progress)
        {
            // Both are asked, so that a criterion with memory sees every iterate.
            SolveStatus first = left.Check(progress);
            SolveStatus second = right.Check(progress);
            return first != SolveStatus.Running ? first : second;
        }
    }

    private sealed class AllOf(StoppingCriterion left, StoppingCriterion right) : StoppingCriterion
    {
        public override void Reset()
        {
            left.Reset();
            right.Reset();
        }

        public override SolveStatus Check(in IterationProgress progress)
        {
            SolveStatus first = left.Check(progress);
            SolveStatus second = right.Check(progress);
            return first != SolveStatus.Running && second != SolveStatus.Running ? first : SolveStatus.Running;
        }
    }
}
