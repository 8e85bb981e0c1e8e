using System.Numerics;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>A linear map M from unknowns to equations, seen through products with it and with its transpose only.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Neither product allocates.</remarks>
internal interface ILinearMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>y &#8592; M x.</summary>
    void Forward(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>x &#8592; M^T z.</summary>
    void Adjoint(ReadOnlySpan<T> z, Span<T> x);
}
