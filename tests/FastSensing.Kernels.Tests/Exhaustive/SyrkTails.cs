using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// Syrk of one tag of every order up to twice the longer side of its tile, every inner dimension up to 70, and every
/// layout of A and C. What lies above the diagonal counts as outside.
/// </summary>
internal sealed unsafe class SyrkTails<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private readonly int _largest;
    private readonly T[] _aValues;
    private readonly T[] _cValues;
    private readonly TailOracle<T> _oracle;
    private readonly CanaryBuffer<T> _a;
    private readonly CanaryBuffer<T> _c;
    private readonly TailWorkspace<TIsa, T, TVector> _workspace = new();

    public SyrkTails()
    {
        (int mr, int nr) = BlockEdges.TileOf<TIsa, T, TVector>();
        _largest = 2 * Math.Max(mr, nr);
        _aValues = Tails.Values<T>(_largest, Tails.Depth, 1);
        _cValues = Tails.Values<T>(_largest, _largest, 3);
        _oracle = new TailOracle<T>(_aValues, Tails.Transpose(_aValues, _largest, Tails.Depth), _cValues, _largest);
        _a = new CanaryBuffer<T>(_largest, Tails.Depth);
        _c = new CanaryBuffer<T>(_largest, _largest);
    }

    /// <summary>Calls made so far.</summary>
    public int Calls { get; private set; }

    public int ExpectedCalls => _largest * (Tails.Depth + 1) * Tails.Layouts.Length * Tails.Layouts.Length;

    public void Run()
    {
        for (int k = 0; k <= Tails.Depth; k++)
        {
            _oracle.AdvanceTo(k);
            for (int n = 1; n <= _largest; n++)
            {
                foreach (Layout layout in Tails.Layouts)
                {
                    _a.PlaceInput(layout, _aValues, Tails.Depth, n, k);
                    _workspace.Poison();
                    EveryC(n, k, layout);
                    Assert.True(_a.IsUnchanged(), $"{TIsa.Name}: A, {layout}, {n} x {k}, was written to");
                }
            }
        }
    }

    private void EveryC(int n, int k, Layout layoutOfA)
    {
        foreach (Layout layout in Tails.Layouts)
        {
            int factors = Calls++ % Tails.Factors.Length;
            (double alpha, double beta) = Tails.Factors[factors];
            _c.Place(layout, n, n);
            if (beta != 0)
            {
                _c.WriteTriangle(_cValues, _largest, n);
            }

            Call(n, k, T.CreateChecked(alpha), T.CreateChecked(beta));
            int off = FirstOff(n, _oracle.Tables[factors]);
            if (off >= 0 || !_c.IsAllCanary())
            {
                Assert.Fail($"{TIsa.Name}, {typeof(T).Name}: n {n}, k {k}, A {layoutOfA}, C {layout}, alpha {alpha}, beta {beta}: row {off} is off (-1: something outside was written)");
            }
        }
    }

    private void Call(int n, int k, T alpha, T beta)
    {
        GemmArguments<T> g = new()
        {
            M = n,
            N = n,
            K = k,
            Alpha = alpha,
            A = _a.First,
            ARow = _a.Row,
            AColumn = _a.Column,
            B = _a.First,
            BRow = _a.Column,
            BColumn = _a.Row,
            Beta = beta,
            C = _c.First,
            CRow = _c.Row,
            CColumn = _c.Column,
        };
        GemmKernels<TIsa, T, TVector>.Run(g, GemmRegion.Lower, _workspace.First);
    }

    private int FirstOff(int n, TailTable table)
    {
        int off = -1;
        for (int i = n - 1; i >= 0; i--)
        {
            off = table.Take(_c.First + (i * _c.Row), _c.Column, i + 1, i * _largest) >= 0 ? i : off;
        }

        return off;
    }
}
