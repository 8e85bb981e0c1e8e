namespace FastSensing.Solvers;

/// <summary>Sees every iterate of a run, the initial point first and the last one always; its time is not counted.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IIterationObserver<T>
    where T : unmanaged
{
    /// <summary>Looks at one iterate.</summary>
    /// <param name="info">The iterate; its views are valid during the call only.</param>
    /// <returns>Whether the run goes on.</returns>
    ObserverVerdict Observe(in IterationInfo<T> info);
}
