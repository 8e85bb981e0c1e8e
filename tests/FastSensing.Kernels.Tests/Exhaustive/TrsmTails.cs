using System.Numerics;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Exhaustive;

/// <summary>
/// Trsm of one tag of every order up to 70, with every number of right-hand sides up to a tile and one, and those around
/// the staging block, in every layout of A and B. The other triangle of A is NaN.
/// </summary>
internal sealed unsafe class TrsmTails<TIsa, T, TVector>(Triangle triangle)
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    private static readonly double[] Alphas = [1, -1, 2.5];

    private readonly SubstitutionOracle<T> _oracle = new(triangle, WidestOf(BlockEdges.TileOf<TIsa, T, TVector>().NR));
    private readonly TailWorkspace<TIsa, T, TVector> _workspace = new();
    private readonly CanaryBuffer<T> _a = new(Tails.Depth, Tails.Depth);
    private readonly CanaryBuffer<T> _b = new(Tails.Depth, WidestOf(BlockEdges.TileOf<TIsa, T, TVector>().NR));

    /// <summary>Calls made so far.</summary>
    public int Calls { get; private set; }

    public int ExpectedCalls => Tails.Depth * Tails.Layouts.Length * Tails.Layouts.Length * Widths().Count();

    public void Run()
    {
        for (int n = 1; n <= Tails.Depth; n++)
        {
            _oracle.SetOrder(n);
            foreach (Layout layoutOfA in Tails.Layouts)
            {
                _a.PlaceInput(layoutOfA, _oracle.Matrix, n, n, n);
                _workspace.Poison();
                foreach (int m in Widths())
                {
                    foreach (Layout layoutOfB in Tails.Layouts)
                    {
                        int alpha = Calls++ % Alphas.Length;
                        _b.Place(layoutOfB, n, m);
                        _b.Write(_oracle.RightHandSides, _oracle.Width, n, m);
                        Call(n, m, Alphas[alpha]);
                        int off = FirstOff(n, m, Alphas[alpha]);
                        if (off >= 0 || !_b.IsAllCanary())
                        {
                            Assert.Fail($"{TIsa.Name}, {typeof(T).Name}: {triangle}, n {n}, m {m}, A {layoutOfA}, B {layoutOfB}, alpha {Alphas[alpha]}: row {off} is off (-1: something outside was written)");
                        }
                    }
                }

                Assert.True(_a.IsUnchanged(), $"{TIsa.Name}: A, {layoutOfA}, order {n}, was written to");
            }
        }
    }

    private static int WidestOf(int nr) => (3 * nr) + 3;

    /// <summary>The staging block of right-hand sides is 8 registers wide, 8/3 of NR.</summary>
    private static IEnumerable<int> Widths()
    {
        int nr = BlockEdges.TileOf<TIsa, T, TVector>().NR;
        int staged = 8 * TIsa.Count;
        return [.. Enumerable.Range(1, nr + 1), staged - 1, staged, staged + 1, WidestOf(nr)];
    }

    private void Call(int n, int m, double alpha)
    {
        TrsmArguments<T> t = new()
        {
            Triangle = triangle,
            N = n,
            M = m,
            A = _a.First,
            ARow = _a.Row,
            AColumn = _a.Column,
            B = _b.First,
            BRow = _b.Row,
            BColumn = _b.Column,
        };
        TrsmDriver<TIsa, T, TVector>.Scale(t, T.CreateChecked(alpha));
        TrsmDriver<TIsa, T, TVector>.Run(t, _workspace.First);
    }

    private int FirstOff(int n, int m, double alpha)
    {
        TailTable table = _oracle.TableOf(alpha);
        int off = -1;
        for (int i = n - 1; i >= 0; i--)
        {
            off = table.Take(_b.First + (i * _b.Row), _b.Column, m, i * _oracle.Width) >= 0 ? i : off;
        }

        return off;
    }
}
