using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;

namespace FastSensing.Tests.Operators;

/// <summary>What every operator computes, against plain loops over its matrices. A kind of operator and a type: one line.</summary>
public abstract class OperatorContract<TSource, T> : OperatorEdgeContract<TSource, T>
    where TSource : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows, columns, measurements, width: below, at and above vector lengths and blocks of four; k beyond min(n1, n2).</summary>
    public static TheoryData<int, int, int, int, Layout> Trials
    {
        get
        {
            TheoryData<int, int, int, int, Layout> trials = [];
            foreach ((int rows, int columns, int measurements, int width, Layout layout) in ((int, int, int, int, Layout)[])
                [
                    (1, 1, 1, 1, Layout.Dense),
                    (3, 2, 0, 1, Layout.Dense),
                    (7, 5, 13, 3, Layout.Padded),
                    (6, 6, 11, 2, Layout.Transposed),
                    (9, 4, 6, 7, Layout.Strided),
                    (12, 12, 40, 5, Layout.TransposedPadded),
                    (5, 31, 39, 17, Layout.OffsetByOne),
                    (8, 8, 64, 8, Layout.Dense),
                ])
            {
                trials.Add(rows, TSource.IsSquareOnly ? rows : columns, measurements, width, layout);
            }

            return trials;
        }
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void Forward_RandomFactors_IsTheNaiveSum(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        trial.Forward();
        trial.AssertForward();
        trial.AssertGuardsIntact();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void Adjoint_RandomVector_IsTheNaiveSum(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        double[] z = trial.Y.ToDoubles();
        double[] magnitudes = trial.Naive.Magnitudes().Adjoint(NaiveSensing.Magnitudes(z));
        trial.AssertClose(trial.Naive.Adjoint(z), magnitudes, trial.Adjoint());
        trial.AssertClose(trial.Naive.Adjoint(z), magnitudes, trial.Adjoint(Layout.Padded));
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void C20_ForwardAndAdjoint_RandomPair_PassTheDotTest(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        trial.Forward();
        double[] y = trial.Residual.ToDoubles();
        double[] z = trial.Y.ToDoubles();
        double forward = y.Zip(z, (p, q) => p * q).Sum();
        double adjoint = new NaiveSensing([trial.Adjoint()], rows, columns).Forward(trial.Left.ToDoubles(), trial.Right.ToDoubles())[0];

        // 1e-12 in double; in float the same number of its larger units.
        double tolerance = 1e-12 * Rounding.Unit<T>() / Rounding.Unit<double>();
        double size = Math.Sqrt(y.Sum(v => v * v) * z.Sum(v => v * v));
        Assert.True(Math.Abs(forward - adjoint) <= tolerance * size, $"<A(X), z> = {forward}, <X, A*(z)> = {adjoint}");
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void AdjointProducts_RandomVector_AreTheNaiveProducts(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        trial.AdjointProducts();
        trial.AssertProducts(trial.Y.ToDoubles());
        trial.AssertGuardsIntact();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void LossAndGradient_RandomFactors_AreThoseOfTheirOwnResidual(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        double loss = double.CreateChecked(trial.LossAndGradient());
        double[] residual = trial.Residual.ToDoubles();
        trial.AssertProducts(residual);
        trial.AssertResidual(trial.Right.ToDoubles());
        trial.AssertLoss(0.5, loss);
        trial.AssertGuardsIntact();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void LossAndMatrixGradient_RandomFactors_AreThoseOfTheirOwnResidual(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        using TestMatrix<T> x = new(rows, columns, Layout.Padded);
        double loss = double.CreateChecked(trial.LossAndMatrixGradient(x.View));
        double[] residual = trial.Residual.ToDoubles();
        double[] magnitudes = trial.Naive.Magnitudes().Adjoint(NaiveSensing.Magnitudes(residual));
        trial.AssertClose(trial.Naive.Adjoint(residual), magnitudes, x.ToDoubles());
        x.AssertGuardsIntact("X");
        trial.AssertResidual(trial.Right.ToDoubles());
        trial.AssertLoss(0.5, loss);
        trial.AssertGuardsIntact();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void SymmetricLossAndGradient_RandomFactor_AreThoseOfTheirOwnResidual(
        int rows, int columns, int measurements, int width, Layout layout)
    {
        int n = Math.Min(rows, columns);
        using OperatorTrial<T> trial = new(TSource.Create(n, n, measurements), width, layout);
        double loss = double.CreateChecked(trial.SymmetricLossAndGradient());
        double[] residual = trial.Residual.ToDoubles();
        double[] factor = trial.Left.ToDoubles();
        double[] expected = Halves(trial.Naive, residual, factor);
        double[] magnitudes = Halves(trial.Naive.Magnitudes(), NaiveSensing.Magnitudes(residual), NaiveSensing.Magnitudes(factor));
        trial.AssertClose(expected, magnitudes, trial.GradientLeft.ToDoubles());
        trial.AssertResidual(factor);
        trial.AssertLoss(0.25, loss);
        trial.AssertGuardsIntact();
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void FusedForms_RandomFactors_AgreeWithTheDefaults(int rows, int columns, int measurements, int width, Layout layout)
    {
        int n = Math.Min(rows, columns);
        using OperatorTrial<T> fused = new(TSource.Create(n, n, measurements), width, layout);
        using OperatorTrial<T> plain = new(TSource.Create(n, n, measurements), width, layout);
        IMeasurementOperator<T> op = plain.Operator;
        T fusedLoss = fused.LossAndGradient();
        T plainLoss = OperatorDefaults.LossAndGradient(
            op, plain.At, plain.Y.Vector, plain.Residual.Vector, plain.GradientLeft.View, plain.GradientRight.View, plain.Scratch);
        AssertSame(fused, fusedLoss, plain, plainLoss);

        T symmetricLoss = fused.SymmetricLossAndGradient();
        T plainSymmetricLoss = OperatorDefaults.SymmetricLossAndGradient(
            op, plain.Left.View, plain.Y.Vector, plain.Residual.Vector, plain.GradientLeft.View, plain.Scratch);
        AssertSame(fused, symmetricLoss, plain, plainSymmetricLoss);
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void ScaleFor_BothStructures_IsTheDefinition(int rows, int columns, int measurements, int width, Layout layout)
    {
        using OperatorTrial<T> trial = new(TSource.Create(rows, columns, measurements), width, layout);
        AssertScale(trial.Naive.GeneralScale(), trial.Operator.ScaleFor(MatrixStructure.General));
        int n = Math.Max(rows, columns);
        using OperatorCase<T> square = TSource.Create(n, n, measurements);
        AssertScale(square.Naive.SymmetricScale(), square.Operator.ScaleFor(MatrixStructure.Symmetric));
    }

    [Fact]
    public void C20_LossAndGradient_FiniteDifference_HasTheSlopeOfTheGradient()
    {
        using OperatorTrial<T> trial = new(TSource.Create(6, TSource.IsSquareOnly ? 6 : 5, 12), 3);
        trial.LossAndGradient();
        double[] left = Direction(trial.Left);
        double[] right = Direction(trial.Right);
        AssertSlope(trial, Slope(trial.GradientLeft, left) + Slope(trial.GradientRight, right), left, right, t => t.LossAndGradient());
    }

    [Fact]
    public void C20_SymmetricLossAndGradient_FiniteDifference_HasTheSlopeOfTheGradient()
    {
        using OperatorTrial<T> trial = new(TSource.Create(6, 6, 12), 3);
        trial.SymmetricLossAndGradient();
        double[] left = Direction(trial.Left);
        AssertSlope(trial, Slope(trial.GradientLeft, left), left, new double[18], t => t.SymmetricLossAndGradient());
    }

    private static double[] Halves(NaiveSensing naive, double[] z, double[] factor) =>
        [.. naive.AdjointTimesRight(z, factor).Zip(naive.AdjointTransposeTimesLeft(z, factor), (p, q) => (p + q) / 2)];

    private static void AssertSame(OperatorTrial<T> fused, T fusedLoss, OperatorTrial<T> plain, T plainLoss)
    {
        // Each is within Gamma of the exact values, in units of sums that the sizes here keep below 1000.
        double bound = 2000 * fused.Gamma;
        AssertWithin(bound, [double.CreateChecked(plainLoss)], [double.CreateChecked(fusedLoss)]);
        AssertWithin(bound, plain.Residual.ToDoubles(), fused.Residual.ToDoubles());
        AssertWithin(bound, plain.GradientLeft.ToDoubles(), fused.GradientLeft.ToDoubles());
        AssertWithin(bound, plain.GradientRight.ToDoubles(), fused.GradientRight.ToDoubles());
    }

    private static void AssertWithin(double bound, double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"Element {i}: {expected[i]} and {actual[i]}, bound {bound}.");
        }
    }

    // Summed in double after an exact scaling; rounded to T once, and the root halves relative errors.
    private static void AssertScale(double expected, T actual) =>
        Assert.True(
            Math.Abs(expected - double.CreateChecked(actual)) <= 1e-13 + (Rounding.Unit<T>() * expected),
            $"The scale is {actual} and should be {expected}.");

    private static double[] Direction(TestMatrix<T> point)
    {
        Random random = new(point.Rows);
        return [.. Enumerable.Range(0, point.Rows * point.Columns).Select(_ => random.NextDouble() - 0.5)];
    }

    private static double Slope(TestMatrix<T> gradient, double[] direction) => gradient.ToDoubles().Zip(direction, (g, d) => g * d).Sum();

    /// <summary>
    /// The loss is a polynomial of degree 4 in the step h, so (4 D(h/2) - D(h)) / 3 of the central difference
    /// D(h) = (f(h) - f(-h)) / 2h is its slope exactly, for any h: what is left is rounding.
    /// </summary>
    private static void AssertSlope(OperatorTrial<T> trial, double slope, double[] left, double[] right, Func<OperatorTrial<T>, T> loss)
    {
        double[] left0 = trial.Left.ToDoubles();
        double[] right0 = trial.Right.ToDoubles();
        double At(double h)
        {
            trial.Left.Set((i, c) => left0[(i * trial.Width) + c] + (h * left[(i * trial.Width) + c]));
            trial.Right.Set((i, c) => right0[(i * trial.Width) + c] + (h * right[(i * trial.Width) + c]));
            return double.CreateChecked(loss(trial));
        }

        double Central(double h) => (At(h) - At(-h)) / (2 * h);
        double difference = ((4 * Central(0.25)) - Central(0.5)) / 3;
        double tolerance = 1e4 * Rounding.Unit<T>() * (Math.Abs(slope) + At(0.5));
        Assert.True(Math.Abs(difference - slope) <= tolerance, $"Slope {slope} by the gradient, {difference} by differences, within {tolerance}.");
    }
}
