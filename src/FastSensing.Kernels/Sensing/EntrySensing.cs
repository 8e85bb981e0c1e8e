using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Products with the sampled entries of L R^T, on the entries only: the span edge that checks, pins and dispatches.
/// </summary>
/// <remarks>
/// Cost: 2 k flops an entry and direction for rows of k elements. Aliasing: no output may overlap an input or another
/// output. Allocation: none. Errors: <see cref="ArgumentException"/> before anything is written.
/// </remarks>
internal static class EntrySensing
{
    /// <summary>Output_e &#8592; &lt;L_i, R_j&gt; for every entry e = (i, j).</summary>
    public static void Forward<T>(in EntryArguments<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireFactors(call);
        RequireLength(nameof(call.Output), call.Output.Length, call.Entries.Count);
        RequireApart(call);
        Run(SensingProduct.Forward, call);
    }

    /// <summary>P &#8592; S R and Q &#8592; S^T L, S being zero but for Input_e at entry e.</summary>
    public static void Adjoint<T>(in EntryArguments<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireFactors(call);
        RequireLength(nameof(call.Input), call.Input.Length, call.Entries.Count);
        RequireProducts(call);
        RequireApart(call);
        Run(SensingProduct.Adjoint, call);
    }

    /// <summary>Output_e &#8592; &lt;L_i, R_j&gt; - Input_e, and P and Q as the adjoint makes them of it; returns ||Output||^2.</summary>
    public static T ResidualAdjoint<T>(in EntryArguments<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireFactors(call);
        RequireLength(nameof(call.Input), call.Input.Length, call.Entries.Count);
        RequireLength(nameof(call.Output), call.Output.Length, call.Entries.Count);
        RequireProducts(call);
        RequireApart(call);
        return Run(SensingProduct.ResidualAdjoint, call);
    }

    private static unsafe T Run<T>(SensingProduct product, in EntryArguments<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (int* rowStart = call.Entries.RowStart, column = call.Entries.Column, order = call.Entries.Order)
        fixed (T* left = call.Left, right = call.Right, input = call.Input, output = call.Output)
        fixed (T* productLeft = call.ProductLeft, productRight = call.ProductRight)
        {
            EntryProductCall<T> visitor = new()
            {
                Product = product,
                Table = new() { RowStart = rowStart, Column = column, Order = order, Rows = call.Entries.Rows, Columns = call.Entries.Columns },
                At = new() { Left = left, Right = right, Width = call.Width },
                Input = input,
                Output = output,
                Products = new() { Left = productLeft, Right = productRight, Width = call.Width },
            };
            Isa.Dispatch<T, EntryProductCall<T>>(ref visitor);
            return visitor.Squared;
        }
    }

    private static void RequireFactors<T>(in EntryArguments<T> call)
        where T : unmanaged
    {
        if (call.Width <= 0 || Scratch<T>.LengthOf(call.Width) != call.Width)
        {
            throw new ArgumentException($"Rows of {call.Width} elements are not a whole number of cache lines.", nameof(call));
        }

        RequireLength(nameof(call.Left), call.Left.Length, (long)call.Entries.Rows * call.Width);
        RequireLength(nameof(call.Right), call.Right.Length, (long)call.Entries.Columns * call.Width);
    }

    private static void RequireProducts<T>(in EntryArguments<T> call)
        where T : unmanaged
    {
        RequireLength(nameof(call.ProductLeft), call.ProductLeft.Length, call.Left.Length);
        RequireLength(nameof(call.ProductRight), call.ProductRight.Length, call.Right.Length);
    }

    private static void RequireLength(string name, long length, long required)
    {
        if (length != required)
        {
            throw new ArgumentException($"Sampled entries: {name} has {length} elements; {required} are needed.", name);
        }
    }

    private static void RequireApart<T>(in EntryArguments<T> call)
        where T : unmanaged
    {
        RequireApart(nameof(call.Output), call.Output, call);
        RequireApart(nameof(call.ProductLeft), call.ProductLeft, call);
        RequireApart(nameof(call.ProductRight), call.ProductRight, call);
        if (call.Output.Overlaps(call.ProductLeft) || call.Output.Overlaps(call.ProductRight) || call.ProductLeft.Overlaps(call.ProductRight))
        {
            throw new ArgumentException("Sampled entries: two outputs overlap.", nameof(call));
        }
    }

    private static void RequireApart<T>(string output, ReadOnlySpan<T> written, in EntryArguments<T> call)
        where T : unmanaged
    {
        if (written.Overlaps(call.Left) || written.Overlaps(call.Right) || written.Overlaps(call.Input))
        {
            ThrowHelper.Overlaps("Sampled entries", output, "L, R or input vector");
        }
    }
}
