using System.Numerics;
using FastSensing.Kernels;

namespace FastSensing.Solvers.LeastSquares;

/// <summary>
/// The x of least norm among those with the least ||M x - b||, by conjugate gradients on the normal equations (CGLS),
/// which never forms M^T M.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>It starts at 0 and so stays in the row space of M: that is what makes the solution the one of least norm.</para>
/// <para>M and b are to be near 1 in size, for squares are summed in T. Cost of s steps: s forward products and s + 1
/// transposed ones. Allocation: at construction only.</para>
/// <para>Reference: Paige, Saunders, ACM Transactions on Mathematical Software 8, 1982 (LSQR, the same iterates).</para>
/// </remarks>
internal sealed class ConjugateGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _solution;
    private readonly T[] _gradient;
    private readonly T[] _direction;
    private readonly T[] _image;

    /// <summary>Takes the memory for problems of at most so many unknowns and equations.</summary>
    public ConjugateGradients(int unknowns, int equations)
    {
        _solution = new T[unknowns];
        _gradient = new T[unknowns];
        _direction = new T[unknowns];
        _image = new T[equations];
    }

    /// <summary>Solves with the given number of unknowns; the solution is valid until the next call.</summary>
    /// <param name="map">M.</param>
    /// <param name="unknowns">Length of x.</param>
    /// <param name="residual">b on entry, b - M x on return.</param>
    /// <param name="reduction">It ends when ||M^T (b - M x)|| is down to this times ||M^T b||, or to the rounding of this product,</param>
    /// <param name="limit">or after so many steps.</param>
    public Span<T> Solve(ILinearMap<T> map, int unknowns, Span<T> residual, double reduction, int limit)
    {
        Span<T> x = _solution.AsSpan(0, unknowns);
        Span<T> gradient = _gradient.AsSpan(0, unknowns);
        Span<T> direction = _direction.AsSpan(0, unknowns);
        Span<T> image = _image.AsSpan(0, residual.Length);
        x.Clear();
        map.Adjoint(residual, gradient);
        gradient.CopyTo(direction);
        T squares = Level1.Dot<T>(gradient, gradient);
        T target = squares * T.CreateTruncating(reduction * reduction);
        T enough = target;
        T precision = T.BitIncrement(T.One) - T.One;
        T rounding = precision * precision * T.CreateTruncating(unknowns);
        T largest = T.Zero;
        for (int step = 0; step < limit && squares > enough; step++)
        {
            map.Forward(direction, image);
            T curvature = Level1.Dot<T>(image, image);
            T length = squares / curvature;
            if (!(curvature > T.Zero) || !T.IsFinite(length))
            {
                break;
            }

            Level1.Axpy(length, direction, x);
            Level1.Axpy(-length, image, residual);
            map.Adjoint(residual, gradient);

            // ||M||^2 as far as it has shown, for the error of M^T r: below it there is no direction left to follow.
            largest = T.Max(largest, curvature / Level1.Dot<T>(direction, direction));
            enough = T.Max(target, rounding * largest * Level1.Dot<T>(residual, residual));
            T old = squares;
            squares = Level1.Dot<T>(gradient, gradient);
            Level1.Scal(squares / old, direction);
            Level1.Axpy(T.One, gradient, direction);
        }

        return x;
    }
}
