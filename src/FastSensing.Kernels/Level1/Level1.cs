using System.Numerics;
using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels;

/// <summary>The vector routines: Dot, Axpy, Scal, Nrm2, Copy. Empty vectors are legal; nothing allocates.</summary>
/// <remarks>An output may be the very same span as an input; a shifted overlap throws <see cref="ArgumentException"/>.</remarks>
public static unsafe class Level1
{
    /// <summary>sum_i x_i y_i.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Length n.</param>
    /// <param name="y">Length n.</param>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqual("Dot", x.Length, y.Length);
        fixed (T* px = x, py = y)
        {
            DotVisitor<T> visitor = new() { N = x.Length, X = px, Y = py };
            Isa.Dispatch<T, DotVisitor<T>>(ref visitor);
            return visitor.Result;
        }
    }

    /// <summary>y &#8592; alpha x + y.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">Factor of x; at 0 y is left as it is and x is not read.</param>
    /// <param name="x">Length n.</param>
    /// <param name="y">Length n, overwritten.</param>
    public static void Axpy<T>(T alpha, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqual("Axpy", x.Length, y.Length);
        RequireSameOrDisjoint("Axpy", x, y);
        if (alpha == T.Zero)
        {
            return;
        }

        fixed (T* px = x, py = y)
        {
            AxpyVisitor<T> visitor = new() { N = x.Length, Alpha = alpha, X = px, Y = py };
            Isa.Dispatch<T, AxpyVisitor<T>>(ref visitor);
        }
    }

    /// <summary>x &#8592; alpha x.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="alpha">The factor. At 0 NaN stays NaN, as 0 times NaN is.</param>
    /// <param name="x">Length n, overwritten.</param>
    public static void Scal<T>(T alpha, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x)
        {
            ScalVisitor<T> visitor = new() { N = x.Length, Alpha = alpha, X = px };
            Isa.Dispatch<T, ScalVisitor<T>>(ref visitor);
        }
    }

    /// <summary>||x||_2 = sqrt(sum_i x_i^2), without overflow or underflow on the way.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Length n.</param>
    public static T Nrm2<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T squared = Dot(x, x);

        // A sum above the root of the smallest number lost nothing that counts to underflow.
        return T.IsFinite(squared) && squared > T.Sqrt(T.Epsilon) ? T.Sqrt(squared) : ScaledNorm(x);
    }

    /// <summary>y &#8592; x.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">Length n.</param>
    /// <param name="y">Length n, overwritten.</param>
    public static void Copy<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqual("Copy", x.Length, y.Length);
        RequireSameOrDisjoint("Copy", x, y);
        x.CopyTo(y);
    }

    private static T ScaledNorm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        foreach (T value in x)
        {
            T size = T.Abs(value);
            if (T.IsNaN(size))
            {
                return size;
            }

            largest = T.Max(largest, size);
        }

        if (largest == T.Zero || T.IsInfinity(largest))
        {
            return largest;
        }

        T sum = T.Zero;
        foreach (T value in x)
        {
            T ratio = value / largest;
            sum += ratio * ratio;
        }

        return largest * T.Sqrt(sum);
    }

    private static void RequireEqual(string routine, int x, int y)
    {
        if (x != y)
        {
            ThrowHelper.LengthsDisagree(routine, "x", x, "y", y);
        }
    }

    private static void RequireSameOrDisjoint<T>(string routine, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged
    {
        if (x.Overlaps(y, out int offset) && offset != 0)
        {
            ThrowHelper.Overlaps(routine, "y", "x");
        }
    }

    private struct DotVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public nint N;
        public T* X;
        public T* Y;
        public T Result;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Result = Level1Kernel<TIsa, T, TVector>.Dot(N, X, Y);
    }

    private struct AxpyVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public nint N;
        public T Alpha;
        public T* X;
        public T* Y;

        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Level1Kernel<TIsa, T, TVector>.Axpy(N, Alpha, X, Y);
    }

    private struct ScalVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public nint N;
        public T Alpha;
        public T* X;

        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged => Level1Kernel<TIsa, T, TVector>.Scal(N, Alpha, X);
    }
}
