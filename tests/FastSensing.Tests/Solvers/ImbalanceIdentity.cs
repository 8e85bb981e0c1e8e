using FastSensing.Decompositions;
using FastSensing.Diagnostics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;

namespace FastSensing.Tests.Solvers;

/// <summary>
/// Checks D_(t+1) = D_t + mu^2 (R^T G^T G R - L^T G G^T L) at every step of a run, computing everything from the factors
/// and the operator anew.
/// </summary>
internal sealed class ImbalanceIdentity(SensingProblem<double> problem, int width) : IIterationObserver<double>
{
    private readonly double[] _predicted = new double[width * width];
    private readonly double[] _residual = new double[problem.Operator.MeasurementCount];
    private readonly double[] _scratch = new double[problem.Operator.ScratchLength(width)];

    /// <summary>mu.</summary>
    public required double StepSize { get; init; }

    /// <summary>The largest |D_(t+1) - predicted| over ||L||_F^2 + ||R||_F^2.</summary>
    public double WorstViolation { get; private set; }

    /// <summary>||D||_2 of every iterate.</summary>
    public List<double> Norms { get; } = [];

    public ObserverVerdict Observe(in IterationInfo<double> info)
    {
        double[] actual = new double[width * width];
        Imbalance.Compute(info.Left, info.Right, new MatrixSpan<double>(actual, width, width));
        if (Norms.Count > 0)
        {
            double size = info.Left.Elements().Sum(x => x * x) + info.Right.Elements().Sum(x => x * x);
            double violation = actual.Zip(_predicted, (x, y) => Math.Abs(x - y)).Max() / size;
            WorstViolation = violation <= WorstViolation ? WorstViolation : violation;
        }

        Norms.Add(SpectralNorm(actual));
        Predict(info, actual);
        return ObserverVerdict.Continue;
    }

    private void Predict(in IterationInfo<double> info, double[] actual)
    {
        double scale = problem.Operator.ScaleFor(MatrixStructure.General);
        double[] gradientLeft = new double[info.Left.Rows * width];
        double[] gradientRight = new double[info.Right.Rows * width];
        MatrixSpan<double> left = new(gradientLeft, info.Left.Rows, width);
        MatrixSpan<double> right = new(gradientRight, info.Right.Rows, width);
        problem.Operator.LossAndGradient(
            new FactorPair<double>(info.Left, info.Right), problem.Measurements.Span, _residual, left, right, _scratch);
        double[] change = new double[width * width];
        Imbalance.Compute(left.AsReadOnly(), right.AsReadOnly(), new MatrixSpan<double>(change, width, width));
        double factor = StepSize / (scale * scale);
        for (int i = 0; i < change.Length; i++)
        {
            _predicted[i] = actual[i] + (factor * factor * change[i]);
        }
    }

    private double SpectralNorm(double[] symmetric)
    {
        double[] values = new double[width];
        JacobiEvd.Decompose(
            new MatrixSpan<double>([.. symmetric], width, width), values, new MatrixSpan<double>(new double[width * width], width, width));
        return values.Max(Math.Abs);
    }
}
