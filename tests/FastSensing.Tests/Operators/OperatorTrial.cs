using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Oracles;

namespace FastSensing.Tests.Operators;

/// <summary>
/// One operator with guarded arguments for every member: random inputs, NaN outputs, and scratch of exactly the stated
/// length, full of NaN.
/// </summary>
public sealed class OperatorTrial<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public OperatorTrial(OperatorCase<T> subject, int width, Layout layout = Layout.Dense)
    {
        Case = subject;
        Width = width;
        Random random = new(width + (10 * Operator.MeasurementCount));
        Left = new TestMatrix<T>(Operator.Rows, width, layout).SetRandom(random);
        Right = new TestMatrix<T>(Operator.Columns, width, layout).SetRandom(random);
        Y = new TestMatrix<T>(Operator.MeasurementCount, 1).SetRandom(random);
        Residual = new TestMatrix<T>(Operator.MeasurementCount, 1);
        GradientLeft = new TestMatrix<T>(Operator.Rows, width, layout);
        GradientRight = new TestMatrix<T>(Operator.Columns, width, layout);
        Scratch = new T[Operator.ScratchLength(width)];
        PoisonScratch();
    }

    public OperatorCase<T> Case { get; }

    public IMeasurementOperator<T> Operator => Case.Operator;

    public NaiveSensing Naive => Case.Naive;

    public int Width { get; }

    public TestMatrix<T> Left { get; }

    public TestMatrix<T> Right { get; }

    /// <summary>y, or any other input of length m.</summary>
    public TestMatrix<T> Y { get; }

    /// <summary>The residual, or any other output of length m.</summary>
    public TestMatrix<T> Residual { get; }

    public TestMatrix<T> GradientLeft { get; }

    public TestMatrix<T> GradientRight { get; }

    public T[] Scratch { get; }

    public FactorPair<T> At => new(Left.View, Right.View);

    /// <summary>gamma_n for the longest chain of roundings in any member.</summary>
    public double Gamma => Rounding.Gamma<T>((Operator.Rows * Operator.Columns) + Operator.MeasurementCount + Width + Operator.Columns + 8);

    public T LossAndGradient() => Operator.LossAndGradient(At, Y.Vector, Residual.Vector, GradientLeft.View, GradientRight.View, Scratch);

    public T SymmetricLossAndGradient() =>
        Operator.SymmetricLossAndGradient(Left.View, Y.Vector, Residual.Vector, GradientLeft.View, Scratch);

    public T LossAndMatrixGradient(MatrixSpan<T> x) => Operator.LossAndMatrixGradient(At, Y.Vector, Residual.Vector, x, Scratch);

    public void Forward() => Operator.Forward(At, Residual.Vector, Scratch);

    public void AdjointProducts() => Operator.AdjointProducts(Y.Vector, At, GradientLeft.View, GradientRight.View, Scratch);

    public double[] Adjoint(Layout layout = Layout.Dense)
    {
        using TestMatrix<T> x = new(Operator.Rows, Operator.Columns, layout);
        Operator.Adjoint(Y.Vector, x.View, Scratch);
        x.AssertGuardsIntact("X");
        return x.ToDoubles();
    }

    public void PoisonScratch() => Scratch.AsSpan().Fill(T.NaN);

    public void AssertGuardsIntact()
    {
        Residual.AssertGuardsIntact(nameof(Residual));
        GradientLeft.AssertGuardsIntact(nameof(GradientLeft));
        GradientRight.AssertGuardsIntact(nameof(GradientRight));
    }

    /// <summary>Fails unless every |actual - expected| is at most Gamma times the sum over magnitudes.</summary>
    public void AssertClose(double[] expected, double[] magnitudes, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);
            if (!(error <= Gamma * magnitudes[i]))
            {
                Assert.Fail($"Element {i} is {actual[i]} and should be {expected[i]}; the bound is {Gamma * magnitudes[i]}.");
            }
        }
    }

    /// <summary>Fails unless the last output of length m is A(L R^T).</summary>
    public void AssertForward() => AssertMeasured(Right.ToDoubles(), new double[Operator.MeasurementCount]);

    /// <summary>Fails unless the residual is A(L R^T) - y.</summary>
    public void AssertResidual(double[] right) => AssertMeasured(right, Y.ToDoubles());

    /// <summary>Fails unless the two thin outputs are A*(z) R and A*(z)^T L.</summary>
    public void AssertProducts(double[] z)
    {
        double[] left = Left.ToDoubles();
        double[] right = Right.ToDoubles();
        NaiveSensing sizes = Naive.Magnitudes();
        double[] size = NaiveSensing.Magnitudes(z);
        AssertClose(Naive.AdjointTimesRight(z, right), sizes.AdjointTimesRight(size, NaiveSensing.Magnitudes(right)), GradientLeft.ToDoubles());
        AssertClose(
            Naive.AdjointTransposeTimesLeft(z, left), sizes.AdjointTransposeTimesLeft(size, NaiveSensing.Magnitudes(left)), GradientRight.ToDoubles());
    }

    /// <summary>Fails unless the loss is the factor times the squared norm of the residual.</summary>
    public void AssertLoss(double factor, double loss)
    {
        double expected = factor * Residual.ToDoubles().Sum(r => r * r);
        AssertClose([expected], [expected], [loss]);
    }

    private void AssertMeasured(double[] right, double[] y)
    {
        double[] left = Left.ToDoubles();
        double[] magnitudes = Naive.Magnitudes().Forward(NaiveSensing.Magnitudes(left), NaiveSensing.Magnitudes(right));
        AssertClose(
            [.. Naive.Forward(left, right).Zip(y, (p, q) => p - q)], [.. magnitudes.Zip(y, (p, q) => p + Math.Abs(q))], Residual.ToDoubles());
    }

    public void Dispose() => Case.Dispose();
}
