using System.Diagnostics;
using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Benchmarks.Figures;

/// <summary>An operator that counts the calls of another one and the time spent in them.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="inner">The operator that computes.</param>
internal sealed class TimedOperator<T>(IMeasurementOperator<T> inner) : IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private long _start;

    /// <summary>Ticks spent in calls since <see cref="Reset"/>.</summary>
    public long Ticks { get; private set; }

    /// <summary>Calls of LossAndGradient, SymmetricLossAndGradient and LossAndMatrixGradient.</summary>
    public int Gradients { get; private set; }

    /// <summary>Calls of Forward.</summary>
    public int Forwards { get; private set; }

    /// <summary>Calls of Adjoint and AdjointProducts.</summary>
    public int Adjoints { get; private set; }

    public int Rows => inner.Rows;

    public int Columns => inner.Columns;

    public int MeasurementCount => inner.MeasurementCount;

    public IBlas<T> Blas => inner.Blas;

    /// <summary>Forgets all calls.</summary>
    public void Reset() => (Ticks, Gradients, Forwards, Adjoints) = (0, 0, 0, 0);

    public T ScaleFor(MatrixStructure structure) => inner.ScaleFor(structure);

    public int ScratchLength(int width) => inner.ScratchLength(width);

    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        Begin();
        inner.Forward(at, y, scratch);
        End();
        Forwards++;
    }

    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        Begin();
        inner.Adjoint(z, x, scratch);
        End();
        Adjoints++;
    }

    public void AdjointProducts(ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        Begin();
        inner.AdjointProducts(z, at, productLeft, productRight, scratch);
        End();
        Adjoints++;
    }

    public T LossAndGradient(
        in FactorPair<T> at,
        ReadOnlySpan<T> measurements,
        Span<T> residual,
        MatrixSpan<T> gradientLeft,
        MatrixSpan<T> gradientRight,
        Span<T> scratch)
    {
        Begin();
        T loss = inner.LossAndGradient(at, measurements, residual, gradientLeft, gradientRight, scratch);
        End();
        Gradients++;
        return loss;
    }

    public T SymmetricLossAndGradient(
        ReadOnlyMatrixSpan<T> factor, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> gradient, Span<T> scratch)
    {
        Begin();
        T loss = inner.SymmetricLossAndGradient(factor, measurements, residual, gradient, scratch);
        End();
        Gradients++;
        return loss;
    }

    public T LossAndMatrixGradient(in FactorPair<T> at, ReadOnlySpan<T> measurements, Span<T> residual, MatrixSpan<T> x, Span<T> scratch)
    {
        Begin();
        T loss = inner.LossAndMatrixGradient(at, measurements, residual, x, scratch);
        End();
        Gradients++;
        return loss;
    }

    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements) => inner.Select(measurements);

    private void Begin() => _start = Stopwatch.GetTimestamp();

    private void End() => Ticks += Stopwatch.GetTimestamp() - _start;
}
