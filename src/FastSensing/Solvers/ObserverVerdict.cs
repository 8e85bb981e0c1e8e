namespace FastSensing.Solvers;

/// <summary>What an observer asks of the driver.</summary>
public enum ObserverVerdict
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>End the run with <see cref="SolveStatus.StoppedByObserver"/>.</summary>
    Stop,
}
