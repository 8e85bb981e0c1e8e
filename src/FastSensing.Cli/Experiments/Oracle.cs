using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Damping;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Cli.Experiments;

/// <summary>
/// The least-squares fit of the true rank that is found from the truth, by ScaledGD: what one could reach who knew both.
/// </summary>
internal static class Oracle
{
    private const int Steps = 300;
    private const int Window = 10;

    /// <summary>The residual is flat at the fit: a millionth of it is a thousandth of the distance to the fit.</summary>
    private const double Progress = 1e-6;

    public static double RecoveryError(GridProblem made)
    {
        SensingProblem<double> problem = made.Problem;
        MethodOptions options = new() { Width = made.Planted.TruthFactorLeft.Columns, StepSize = 0.5, Damping = new ConstantDamping(0) };
        using IIterativeMethod<double> method = problem.Structure == MatrixStructure.Symmetric
            ? new DampedScaledGradientDescent<double>(problem, options)
            : new AsymmetricDampedScaledGradientDescent<double>(problem, options);
        method.InitializeAt(made.Planted.TruthFactorLeft, made.Planted.TruthFactorRight);
        SolveResult<double> fit = Solver.Run(method, new StopAfterIterations(Steps) | new StopWhenStalled(Window, Progress));
        return MatrixSensing.RecoveryError(fit.Left, fit.Right, made.Planted.Truth);
    }
}
