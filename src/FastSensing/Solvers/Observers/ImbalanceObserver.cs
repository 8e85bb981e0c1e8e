using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Diagnostics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Solvers.Observers;

/// <summary>
/// D_t = L^T L - R^T R of every iterate, and what the identity of gradient descent says it must be:
/// D_0 + sum_s mu_s^2 (R^T G^T G R - L^T G G^T L)_s, with the step sizes and the gradients of the run.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>The prediction holds for plain simultaneous gradient descent on L and R, to rounding; any balancing term,
/// preconditioner or momentum breaks it, and <see cref="Deviation"/> says by how much.</para>
/// <para>Cost: one operator call and 4 (n1 + n2) k^2 flops an iterate, outside the timed step. Allocation: at construction only.</para>
/// <para>Reference: Soltanolkotabi, Stoger, Xie, COLT 2023 (arXiv 2303.14244), the imbalance; the identity is exact algebra.</para>
/// </remarks>
public sealed class ImbalanceObserver<T> : IIterationObserver<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GradientProbe<T> _probe;
    private readonly GramSpectrum _gram;
    private readonly T[] _matrix;
    private readonly double[] _change;
    private readonly double[] _predicted;
    private readonly int _width;
    private bool _begun;

    /// <summary>Takes the memory.</summary>
    /// <param name="problem">A problem of structure General.</param>
    /// <param name="width">Width k of the factors.</param>
    public ImbalanceObserver(SensingProblem<T> problem, int width)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (problem.Structure != MatrixStructure.General)
        {
            throw new ArgumentException("A symmetric problem has one factor: there is no imbalance.", nameof(problem));
        }

        _width = width;
        _probe = new GradientProbe<T>(problem, width);
        _gram = new GramSpectrum(width);
        _matrix = new T[width * width];
        _change = new double[width * width];
        _predicted = new double[width * width];
    }

    /// <summary>||D_t||_2 of the last iterate seen; NaN before the first.</summary>
    public double Norm { get; private set; } = double.NaN;

    /// <summary>||D||_2 of the first iterate.</summary>
    public double FirstNorm { get; private set; } = double.NaN;

    /// <summary>The largest |D_t - prediction| of an element so far, over ||L||_F^2 + ||R||_F^2.</summary>
    public double Deviation { get; private set; }

    /// <summary>The iteration of the last iterate seen.</summary>
    public int Iteration { get; private set; }

    /// <inheritdoc/>
    public ObserverVerdict Observe(in IterationInfo<T> info)
    {
        MatrixSpan<T> matrix = new(_matrix, _width, _width);
        Imbalance.Compute(info.Left, info.Right, matrix);
        bool continues = _begun && info.Progress.Iteration == Iteration + 1;
        double trace = GramSpectrum.Trace(info.Left) + GramSpectrum.Trace(info.Right);
        for (int i = 0; i < _matrix.Length; i++)
        {
            double value = double.CreateTruncating(_matrix[i]);
            _predicted[i] = continues ? _predicted[i] + (info.Progress.StepSize * info.Progress.StepSize * _change[i]) : value;
            double deviation = trace > 0 ? Math.Abs(value - _predicted[i]) / trace : 0;
            Deviation = !continues && i == 0 ? 0 : deviation <= Deviation ? Deviation : deviation;
        }

        Norm = _gram.ImbalanceNorm(info.Left, info.Right);
        FirstNorm = continues ? FirstNorm : Norm;
        (_begun, Iteration) = (true, info.Progress.Iteration);
        _probe.Evaluate(info.Left, info.Right);
        Imbalance.Compute(_probe.LeftGradient, _probe.RightGradient, matrix);
        for (int i = 0; i < _matrix.Length; i++)
        {
            _change[i] = _probe.Unit * double.CreateTruncating(_matrix[i]) * _probe.Unit;
        }

        return ObserverVerdict.Continue;
    }

    /// <summary>Releases the memory.</summary>
    public void Dispose() => _probe.Dispose();
}
