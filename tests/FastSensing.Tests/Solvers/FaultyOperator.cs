using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;

namespace FastSensing.Tests.Solvers;

/// <summary>An operator whose calls number FirstFault to LastFault give NaN instead of numbers; everything else by the defaults.</summary>
internal class FaultyOperator<T>(IMeasurementOperator<T> inner, IBlas<T> blas) : IMeasurementOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected IMeasurementOperator<T> Inner => inner;

    public int Calls { get; private set; }

    public int FirstFault { get; set; } = int.MaxValue;

    public int LastFault { get; set; } = int.MaxValue;

    public int Rows => inner.Rows;

    public int Columns => inner.Columns;

    public int MeasurementCount => inner.MeasurementCount;

    public IBlas<T> Blas => blas;

    public T ScaleFor(MatrixStructure structure) => inner.ScaleFor(structure);

    // What the defaults need on top of what the inner operator needs: a matrix as wide as the factors.
    public int ScratchLength(int width) => inner.ScratchLength(width) + Scratch<T>.LengthOf(Rows, width);

    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        inner.Forward(at, y, scratch);
        if (IsFaulty())
        {
            y.Fill(T.NaN);
        }
    }

    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        inner.Adjoint(z, x, scratch);
        if (IsFaulty())
        {
            x.Fill(T.NaN);
        }
    }

    public void AdjointProducts(ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        inner.AdjointProducts(z, at, productLeft, productRight, scratch);
        if (IsFaulty())
        {
            productLeft.Fill(T.NaN);
            productRight.Fill(T.NaN);
        }
    }

    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements) => inner.Select(measurements);

    private bool IsFaulty()
    {
        int call = Calls++;
        return call >= FirstFault && call <= LastFault;
    }
}
