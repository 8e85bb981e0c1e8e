using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// The memory-bound products with the rows of A, A x, A^T z and the fused residual with its adjoint: the span edge that
/// checks, pins and dispatches.
/// </summary>
/// <remarks>
/// <para>Cost: each call reads A once, 2 flops an element and direction; the fused call reads it once for both.</para>
/// <para>Aliasing: no output may overlap an input or another output. Allocation: none. Errors: <see cref="ArgumentException"/>
/// before anything is written.</para>
/// <para>A is taken to be finite; NaN and infinity in x, y and z reach the results. Sums run in an order that depends
/// on the shape and the instruction set alone.</para>
/// </remarks>
internal static class DenseSensing
{
    /// <summary>y &#8592; A x.</summary>
    public static void Forward<T>(in MeasurementRows<T> a, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength("Forward", "a row of A", a.Length, nameof(x), x.Length);
        RequireLength("Forward", "A", a.Count, nameof(y), y.Length);
        RequireApart<T>("Forward", nameof(y), y, nameof(x), x);
        Run(SensingProduct.Forward, a, x, default, y, default);
    }

    /// <summary>g &#8592; A^T z.</summary>
    public static void Adjoint<T>(in MeasurementRows<T> a, ReadOnlySpan<T> z, Span<T> g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireLength("Adjoint", "A", a.Count, nameof(z), z.Length);
        RequireLength("Adjoint", "a row of A", a.Length, nameof(g), g.Length);
        RequireApart<T>("Adjoint", nameof(g), g, nameof(z), z);
        Run(SensingProduct.Adjoint, a, default, z, default, g);
    }

    /// <summary>residual &#8592; A x - y, g &#8592; A^T residual; returns ||residual||^2.</summary>
    public static T ResidualAdjoint<T>(
        in MeasurementRows<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> residual, Span<T> g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Routine = "ResidualAdjoint";
        RequireLength(Routine, "a row of A", a.Length, nameof(x), x.Length);
        RequireLength(Routine, "A", a.Count, nameof(y), y.Length);
        RequireLength(Routine, "A", a.Count, nameof(residual), residual.Length);
        RequireLength(Routine, "a row of A", a.Length, nameof(g), g.Length);
        RequireApart<T>(Routine, nameof(residual), residual, nameof(x), x);
        RequireApart<T>(Routine, nameof(residual), residual, nameof(y), y);
        RequireApart<T>(Routine, nameof(g), g, nameof(x), x);
        RequireApart<T>(Routine, nameof(g), g, nameof(y), y);
        RequireApart<T>(Routine, nameof(g), g, nameof(residual), residual);
        return Run(SensingProduct.ResidualAdjoint, a, x, y, residual, g);
    }

    private static unsafe T Run<T>(
        SensingProduct product, in MeasurementRows<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> residual, Span<T> g)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (int* selection = a.Selection)
        fixed (T* px = x, py = y, pResidual = residual, pg = g)
        {
            DenseProductCall<T> call = new()
            {
                Product = product,
                A = new RowTable<T>(a.Storage.Pointer, a.RowStride, a.Length, selection, a.Count),
                X = px,
                Y = py,
                Residual = pResidual,
                G = pg,
            };
            Isa.Dispatch<T, DenseProductCall<T>>(ref call);
            GC.KeepAlive(a.Storage);
            return call.Squared;
        }
    }

    private static void RequireLength(string routine, string left, long leftLength, string right, long rightLength)
    {
        if (leftLength != rightLength)
        {
            ThrowHelper.LengthsDisagree(routine, left, leftLength, right, rightLength);
        }
    }

    private static void RequireApart<T>(string routine, string output, ReadOnlySpan<T> written, string input, ReadOnlySpan<T> read)
    {
        if (written.Overlaps(read))
        {
            ThrowHelper.Overlaps(routine, output, input);
        }
    }
}
