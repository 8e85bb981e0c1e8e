namespace FastSensing.Solvers.Observers;

/// <summary>Several observers as one: all see every iterate, in order; one that asks to stop is enough.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="observers">The observers.</param>
public sealed class ObserverGroup<T>(params IIterationObserver<T>[] observers) : IIterationObserver<T>
    where T : unmanaged
{
    private readonly IIterationObserver<T>[] _observers = [.. observers];

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        ObserverVerdict verdict = ObserverVerdict.Continue;
        foreach (IIterationObserver<T> observer in _observers)
        {
            verdict = observer.Observe(info) == ObserverVerdict.Stop ? ObserverVerdict.Stop : verdict;
        }

        return verdict;
    }
}
