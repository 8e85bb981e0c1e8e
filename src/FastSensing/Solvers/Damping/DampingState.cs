namespace FastSensing.Solvers.Damping;

/// <summary>What a <see cref="DampingRule"/> may look at, in the units of X.</summary>
/// <param name="Iteration">Steps done.</param>
/// <param name="Sigma1">The spectral estimate of the largest singular value of X.</param>
/// <param name="SigmaR">The spectral estimate of the singular value that the rule asked for; <paramref name="Sigma1"/> where it asked for none.</param>
/// <param name="RelativeResidual">||A(X) - y|| / ||y|| at the current iterate.</param>
/// <param name="RootLoss">The square root of the loss: 1/2 ||A(X) - y|| / s for X = U U^T, ||A(X) - y|| / (s sqrt(2)) otherwise.</param>
public readonly record struct DampingState(int Iteration, double Sigma1, double SigmaR, double RelativeResidual, double RootLoss);
