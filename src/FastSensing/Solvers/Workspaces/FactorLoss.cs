using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.Workspaces;

/// <summary>
/// Loss and gradients of a factor method, and its own copy of y: 1/2 ||A(L R^T) - y||^2, or 1/4 ||A(U U^T) - y||^2 for
/// symmetric problems.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Units: see <see cref="FactorWorkspace{T}"/>. All that is done with them here is multiplication by powers of two and by
/// the rest of 1 / s^2, a number in (1/4, 1]. Allocation: at construction only.
/// </remarks>
internal sealed class FactorLoss<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _operator;
    private readonly bool _symmetric;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly AlignedBuffer<T> _scratch;
    private readonly ScaledMeasurements<T> _measurements;

    public FactorLoss(SensingProblem<T> problem, int width)
    {
        _operator = problem.Operator;
        _symmetric = problem.Structure == MatrixStructure.Symmetric;
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(width));
        _measurements = new ScaledMeasurements<T>(_operator.MeasurementCount);
        _inverseSquaredScale = InverseSquare.Of(_operator.ScaleFor(problem.Structure));
    }

    /// <summary>y / 2^Exponent.</summary>
    public ReadOnlySpan<T> Measurements => _measurements.Values;

    /// <summary>The even e that brings the largest measurement into [1, 4).</summary>
    public int Exponent => _measurements.Exponent;

    /// <summary>Slots get their residuals alone: for a method that descends on another loss, at construction.</summary>
    public bool OmitsGradients { get; set; }

    // Half the squared residual in the general case, a quarter in the symmetric one: both gradients are A*(res) times the factor.
    private double Share => _symmetric ? 0.25 : 0.5;

    /// <summary>Takes new measurements.</summary>
    public void Take(ReadOnlySpan<T> measurements) => _measurements.Take(measurements);

    /// <summary>A state belongs to these measurements alone.</summary>
    public void Exchange(MethodState<T> state) => _measurements.Exchange(state);

    /// <summary>Evaluates residual and gradients of a slot at its factors: one operator call.</summary>
    public void Evaluate(FactorSlot<T> at)
    {
        FactorBuffer<T> factors = at.Factors;
        if (OmitsGradients)
        {
            _operator.Forward(new FactorPair<T>(factors.Left, factors.Right), at.Residual, _scratch.Span);
            Level1.Axpy<T>(-T.One, _measurements.Values, at.Residual);
            at.ResidualNorm = double.CreateTruncating(Level1.Nrm2<T>(at.Residual));
            return;
        }

        FactorBuffer<T> gradients = at.Gradients;
        T loss = _symmetric
            ? _operator.SymmetricLossAndGradient(factors.Left, _measurements.Values, at.Residual, gradients.Left, _scratch.Span)
            : _operator.LossAndGradient(
                new FactorPair<T>(factors.Left, factors.Right), _measurements.Values, at.Residual, gradients.Left, gradients.Right, _scratch.Span);
        gradients.Scale(_inverseSquaredScale.Exponent);
        at.ResidualNorm = ResidualNorm.Of<T>(loss, Share, at.Residual);
    }

    /// <summary>||res|| / ||y||.</summary>
    public double Relative(double residualNorm) => _measurements.Relative(residualNorm);

    /// <summary>The loss in isometric units, for the user.</summary>
    public double Isometric(double residualNorm) => Math.ScaleB(
        Raw(residualNorm) * _inverseSquaredScale.Rest, 2 * (Exponent + _inverseSquaredScale.Exponent));

    /// <summary>||res|| / s in the user's units of X: about ||X - X*||_F.</summary>
    public double Distance(double residualNorm) => Math.ScaleB(
        residualNorm * Math.Sqrt(_inverseSquaredScale.Rest), Exponent + _inverseSquaredScale.Exponent);

    /// <summary>The loss in the units of the workspace, those of <see cref="Slope"/>.</summary>
    public double Raw(double residualNorm) => Share * residualNorm * residualNorm;

    /// <summary>-d loss / d t at t = 0 along the factors minus t times the stored gradients, from ||gradients||^2.</summary>
    public double Slope(double squaredGradient) => Math.ScaleB(squaredGradient, -_inverseSquaredScale.Exponent);

    /// <summary>A damping, or another amount of X, in the units of the workspace.</summary>
    public double ToUnits(double amount) => Math.ScaleB(amount, -Exponent);

    /// <summary>What a step, in units of 1 / X, multiplies the stored gradients by.</summary>
    public double ToGradientStep(double step) => ToFactorStep(Math.ScaleB(step, Exponent));

    /// <summary>The inverse of <see cref="ToGradientStep"/>.</summary>
    public double FromGradientStep(double t) =>
        Math.ScaleB(t / _inverseSquaredScale.Rest, -_inverseSquaredScale.Exponent - Exponent);

    /// <summary>What a step, a pure number, multiplies preconditioned gradients by; one factor 1 / s is in them already.</summary>
    public double ToFactorStep(double step) => Math.ScaleB(step * _inverseSquaredScale.Rest, _inverseSquaredScale.Exponent);

    /// <summary>An amount of X squared times factors, such as L (L^T L), in the units of the stored gradients.</summary>
    public double ToGradientUnits(double weight) => Math.ScaleB(weight / _inverseSquaredScale.Rest, -_inverseSquaredScale.Exponent);

    public void Dispose() => _scratch.Dispose();
}
