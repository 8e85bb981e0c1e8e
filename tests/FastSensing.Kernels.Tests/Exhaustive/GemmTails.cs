using System.Numerics;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// Gemm of one tag with every remainder of its tile's rows and columns, below one tile and above it in turn, every inner
/// dimension up to 70, and every layout of A, B and C.
/// </summary>
internal sealed unsafe class GemmTails<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private readonly int _mr;
    private readonly int _nr;
    private readonly T[] _aValues;
    private readonly T[] _bValues;
    private readonly T[] _cValues;
    private readonly TailOracle<T> _oracle;
    private readonly CanaryBuffer<T>[,] _a;
    private readonly CanaryBuffer<T> _b;
    private readonly CanaryBuffer<T> _c;
    private readonly TailWorkspace<TIsa, T, TVector> _workspace = new();

    public GemmTails()
    {
        (_mr, _nr) = BlockEdges.TileOf<TIsa, T, TVector>();
        _aValues = Tails.Values<T>(2 * _mr, Tails.Depth, 1);
        _bValues = Tails.Values<T>(Tails.Depth, 2 * _nr, 2);
        _cValues = Tails.Values<T>(2 * _mr, 2 * _nr, 3);
        _oracle = new TailOracle<T>(_aValues, _bValues, _cValues, 2 * _nr);
        _a = new CanaryBuffer<T>[Tails.Layouts.Length, (2 * _mr) + 1];
        _b = new CanaryBuffer<T>(Tails.Depth, 2 * _nr);
        _c = new CanaryBuffer<T>(2 * _mr, 2 * _nr);
    }

    /// <summary>Calls made so far.</summary>
    public int Calls { get; private set; }

    public int ExpectedCalls => _mr * _nr * (Tails.Depth + 1) * Tails.Layouts.Length * Tails.Layouts.Length * Tails.Layouts.Length;

    public void Run()
    {
        for (int k = 0; k <= Tails.Depth; k++)
        {
            _oracle.AdvanceTo(k);
            PlaceA(k);
            for (int column = 0; column < _nr; column++)
            {
                for (int layout = 0; layout < Tails.Layouts.Length; layout++)
                {
                    int n = Tails.Size(column, _nr, k + layout);
                    _b.PlaceInput(Tails.Layouts[layout], _bValues, 2 * _nr, k, n);
                    _workspace.Poison();
                    EveryRow(n, k, layout);
                    Assert.True(_b.IsUnchanged(), $"{TIsa.Name}: B, {Tails.Layouts[layout]}, {k} x {n}, was written to");
                }
            }

            Assert.All(_a.Cast<CanaryBuffer<T>?>(), a => Assert.True(a?.IsUnchanged() ?? true, $"{TIsa.Name}: A was written to, k = {k}"));
        }
    }

    private void PlaceA(int k)
    {
        for (int layout = 0; layout < Tails.Layouts.Length; layout++)
        {
            for (int m = 1; m <= 2 * _mr; m++)
            {
                CanaryBuffer<T> a = _a[layout, m] ??= new CanaryBuffer<T>(2 * _mr, Tails.Depth);
                a.PlaceInput(Tails.Layouts[layout], _aValues, Tails.Depth, m, k);
            }
        }
    }

    private void EveryRow(int n, int k, int layoutOfB)
    {
        for (int row = 0; row < _mr; row++)
        {
            for (int layout = 0; layout < Tails.Layouts.Length; layout++)
            {
                int m = Tails.Size(row, _mr, (k / 2) + layout + layoutOfB);
                foreach (Layout layoutOfC in Tails.Layouts)
                {
                    int factors = Calls++ % Tails.Factors.Length;
                    _c.Place(layoutOfC, m, n);
                    if (!Call(m, n, k, _a[layout, m], factors))
                    {
                        (double alpha, double beta) = Tails.Factors[factors];
                        Assert.Fail($"{TIsa.Name}, {typeof(T).Name}: {m} x {n} x {k}, A {Tails.Layouts[layout]}, B {Tails.Layouts[layoutOfB]}, C {layoutOfC}, alpha {alpha}, beta {beta}: {_fault}");
                    }
                }
            }
        }
    }

    private string _fault = "";

    private bool Call(int m, int n, int k, CanaryBuffer<T> a, int factors)
    {
        (double alpha, double beta) = Tails.Factors[factors];
        if (beta != 0)
        {
            _c.Write(_cValues, 2 * _nr, m, n);
        }

        GemmArguments<T> g = new()
        {
            M = m,
            N = n,
            K = k,
            Alpha = T.CreateChecked(alpha),
            A = a.First,
            ARow = a.Row,
            AColumn = a.Column,
            B = _b.First,
            BRow = _b.Row,
            BColumn = _b.Column,
            Beta = T.CreateChecked(beta),
            C = _c.First,
            CRow = _c.Row,
            CColumn = _c.Column,
        };
        GemmKernels<TIsa, T, TVector>.Run(g, GemmRegion.Full, _workspace.First);
        TailTable table = _oracle.Tables[factors];
        for (int i = 0; i < m; i++)
        {
            int off = table.Take(_c.First + (i * _c.Row), _c.Column, n, i * 2 * _nr);
            if (off >= 0)
            {
                _fault = $"element ({i}, {off}) is not within its bound";
                return false;
            }
        }

        _fault = "something outside C was written";
        return _c.IsAllCanary();
    }
}
