using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Tests.Blas;

/// <summary>
/// One call of every routine on operands of its own, some of which are packed: what a thread repeats in the tests of
/// allocation and re-entrancy. Nothing here allocates after construction.
/// </summary>
internal sealed class RoutineSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly int _k;
    private readonly T[] _a;
    private readonly T[] _b;
    private readonly T[] _gram;
    private readonly T[] _product;
    private readonly T[] _solution;
    private readonly T[] _vector;

    public RoutineSet(int n, int k, int seed)
    {
        (_n, _k) = (n, k);
        var random = new Random(seed);
        _a = RandomValues(n * k, random);
        _b = RandomValues(k * n, random);
        _gram = new T[n * n];
        _product = new T[2 * n * n];
        _solution = new T[n * (n + 3)];
        _vector = new T[n];
    }

    /// <summary>Runs every routine once, most on the results of the one before.</summary>
    public void Run(IBlas<T> blas)
    {
        var a = new ReadOnlyMatrixSpan<T>(_a, _n, _k);
        var b = new ReadOnlyMatrixSpan<T>(_b, _k, _n, 1, _k);
        var product = new MatrixSpan<T>(_product, _n, _n, 2 * _n, 2);
        var solution = new MatrixSpan<T>(_solution, _n, _n, _n + 3, 1);
        var gram = new MatrixSpan<T>(_gram, _n, _n);
        blas.Gemm(T.One, a, b, T.Zero, product);
        blas.Gemm(T.One, a, b, T.Zero, solution);
        blas.Gemv(T.One, a, _b.AsSpan(0, _k), T.Zero, _vector);
        blas.Syrk(T.One, a, T.Zero, gram);
        for (int i = 0; i < _n; i++)
        {
            gram[i, i] += T.One;
        }

        if (blas.Potrf(gram) != 0)
        {
            Assert.Fail("a Gram matrix plus the identity has no factor");
        }

        blas.Trsm(Triangle.Lower, T.One, gram, solution);
        blas.Potrs(gram, product.Transpose());
    }

    /// <summary>All results, one behind the other.</summary>
    public T[] Results() => [.. _product, .. _gram, .. _solution, .. _vector];

    private static T[] RandomValues(int count, Random random)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = T.CreateChecked((2 * random.NextDouble()) - 1);
        }

        return values;
    }
}
