using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;
using FastSensing.Testing;

namespace FastSensing.Kernels.Tests.Contracts;

/// <summary>The reference with one fault of the kind that kernels have had: what the contract must see.</summary>
internal sealed class FaultyBlas<T>(Fault fault) : IBlas<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NaiveBlas<T> _good = new();

    public string Name => $"naive with fault {fault}";

    public void Gemm(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlyMatrixSpan<T> b, T beta, MatrixSpan<T> c)
    {
        if (fault == Fault.AcceptsOverlap && c.Overlaps(a))
        {
            c.Fill(T.Zero);
            return;
        }

        if (fault == Fault.IgnoresAlphaZero && alpha == T.Zero)
        {
            alpha = T.Epsilon;
        }

        if (fault == Fault.ReadsOldOutput && beta == T.Zero && !c.IsEmpty)
        {
            T old = c[0, 0];
            _good.Gemm(alpha, a, b, beta, c);
            c[0, 0] += T.Zero * old;
            return;
        }

        _good.Gemm(alpha, a, b, beta, c);
        if (!c.IsEmpty)
        {
            Spoil(a, c);
        }
    }

    public void Gemv(T alpha, ReadOnlyMatrixSpan<T> a, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        _good.Gemv(alpha, a, x, beta, y);
        if (fault == Fault.LosesNaN)
        {
            foreach (ref T value in y)
            {
                value = T.IsNaN(value) ? T.Zero : value;
            }
        }
    }

    public void Syrk(T alpha, ReadOnlyMatrixSpan<T> a, T beta, MatrixSpan<T> c)
    {
        _good.Syrk(alpha, a, beta, c);
        if (fault == Fault.WritesOtherTriangle && c.Rows > 1)
        {
            c[0, 1] = c[1, 0];
        }
    }

    public void Trsm(Triangle triangle, T alpha, ReadOnlyMatrixSpan<T> a, MatrixSpan<T> b)
    {
        _good.Trsm(triangle, alpha, a, b);
        for (int j = 0; fault == Fault.SpreadsNaN && b.Rows > 1 && j < b.Columns; j++)
        {
            b[0, j] += T.Zero * b[b.Rows - 1, j];
        }
    }

    public int Potrf(MatrixSpan<T> a)
    {
        int info = _good.Potrf(a);
        return fault == Fault.WrongInfo && info > 1 ? info - 1 : info;
    }

    private void Spoil(ReadOnlyMatrixSpan<T> a, MatrixSpan<T> c)
    {
        ref T last = ref c[c.Rows - 1, c.Columns - 1];
        switch (fault)
        {
            case Fault.OneElementSlightlyOff:
                last += last * T.CreateChecked(40) * (T.BitIncrement(T.One) - T.One);
                break;
            case Fault.OneElementNaN:
                last = T.NaN;
                break;
            case Fault.WritesBehindTheOutput:
                Unsafe.Add(ref last, 1) = T.Zero;
                break;
            case Fault.WritesToAnInput when !a.IsEmpty:
                Unsafe.AsRef(in a[0, 0]) = -a[0, 0];
                break;
            default:
                break;
        }
    }
}
