namespace FastSensing.Solvers;

/// <summary>The numbers of one iterate, in isometric units: what stopping criteria and traces see.</summary>
/// <param name="Iteration">Steps done; 0 is the initial point.</param>
/// <param name="Loss">1/2 ||A(X) - y||^2 / s^2, or 1/4 ||A(X) - y||^2 / s^2 for symmetric problems.</param>
/// <param name="RelativeResidual">||A(X) - y|| / ||y||.</param>
/// <param name="Seconds">Time spent in steps so far; observers are not counted.</param>
/// <param name="StepSize">The step size of the step that led here; 0 at the initial point.</param>
/// <param name="Damping">The damping lambda of that step, in the units of X; 0 where the method has none.</param>
public readonly record struct IterationProgress(
    int Iteration, double Loss, double RelativeResidual, double Seconds, double StepSize, double Damping);
