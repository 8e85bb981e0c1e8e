using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;

namespace FastSensing.Initialization;

/// <summary>
/// The initial factors of a method and the estimate of sigma1 that comes with them: random, entries
/// N(0, InitialScale^2 sigma1 / n), those of R times InitialRatio, or spectral, L = U sqrt(S) and R = V sqrt(S) from the leading triplets of A*(y) / s^2.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Deterministic by seed. Allocation: at construction only.</remarks>
internal sealed class StartingPoint<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SensingProblem<T> _problem;
    private readonly StartOptions _options;
    private readonly NormalGenerator _leftNumbers;
    private readonly NormalGenerator _rightNumbers;
    private readonly SpectralEstimate<T> _spectrum;

    public StartingPoint(SensingProblem<T> problem, int width, StartOptions options)
    {
        int smallest = Math.Min(problem.Operator.Rows, problem.Operator.Columns);
        if (options.Start == FactorStart.Spectral && width > smallest)
        {
            throw new ArgumentException(
                $"A spectral start has at most min(n1, n2) = {smallest} columns for {problem.Operator.Rows} x {problem.Operator.Columns}; {width} were asked for.",
                nameof(width));
        }

        options.Validate();
        NormalGenerator numbers = new(options.Seed);
        _problem = problem;
        _options = options;
        _leftNumbers = numbers.Stream(1);
        _rightNumbers = numbers.Stream(2);
        int count = Math.Min(Math.Max(options.Start == FactorStart.Spectral ? width : 1, options.SingularValues), smallest);
        _spectrum = new SpectralEstimate<T>(problem, count, numbers.Bits(0));
    }

    /// <summary>The largest singular value of A*(y) / s^2, an estimate of that of X.</summary>
    public double Sigma1 { get; private set; }

    /// <summary>Estimates sigma1 for the measurements.</summary>
    public void Estimate(ReadOnlySpan<T> measurements)
    {
        _spectrum.Compute(measurements);
        Sigma1 = _spectrum.Sigma1;
    }

    /// <summary>Writes the initial factors; <see cref="Estimate"/> comes first.</summary>
    /// <param name="left">n1 x k, dense.</param>
    /// <param name="right">n2 x k, dense; the same view as left for symmetric problems.</param>
    public void Fill(MatrixSpan<T> left, MatrixSpan<T> right)
    {
        bool symmetric = _problem.Structure == MatrixStructure.Symmetric;
        FillOne(left, _spectrum.Left, _leftNumbers, _options.InitialScale);
        if (!symmetric)
        {
            FillOne(right, _spectrum.Right, _rightNumbers, _options.InitialScale * _options.InitialRatio);
        }
    }

    /// <summary>The r-th singular value (or eigenvalue, if positive) of A*(y) / s^2; the last one estimated where r is beyond.</summary>
    public double SingularValue(int rank) =>
        rank <= 1 ? Sigma1 : double.CreateTruncating(T.Max(_spectrum.Values[Math.Min(rank, _spectrum.Values.Length) - 1], T.Zero));

    public void Dispose() => _spectrum.Dispose();

    private void FillOne(MatrixSpan<T> factor, MatrixSpan<T> vectors, NormalGenerator numbers, double initialScale)
    {
        T scale = T.CreateTruncating(initialScale * Math.Sqrt(Sigma1 / factor.Rows));
        for (int i = 0; i < factor.Rows; i++)
        {
            Span<T> row = factor.Row(i);
            if (_options.Start == FactorStart.Random)
            {
                numbers.Normals((ulong)i * (ulong)factor.Columns, row);
            }

            for (int j = 0; j < row.Length; j++)
            {
                // Negative eigenvalues have no place in U U^T.
                row[j] = _options.Start == FactorStart.Random
                    ? scale * row[j]
                    : vectors[j, i] * T.Sqrt(T.Max(_spectrum.Values[j], T.Zero));
            }
        }
    }
}
