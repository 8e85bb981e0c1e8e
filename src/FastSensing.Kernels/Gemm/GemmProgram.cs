using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Gemm;

/// <summary>What a plan has settled: the sweeps and the one routine to call for them, or the driver.</summary>
internal readonly unsafe struct GemmProgram<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What runs the sweeps, with this program as its argument; null when the driver computes.</summary>
    public readonly delegate*<in GemmProgram<T>, ref T, ref T, ref T, void> Run;

    private readonly GemmSweep<T> _first;
    private readonly GemmSweep<T>[] _sweeps;
    private readonly GemmArguments<T> _arguments;
    private readonly int _workspaceLength;
    private readonly delegate*<in GemmArguments<T>, BufferPool<T>, void> _driver;

    public GemmProgram(in GemmRoute<T> route)
    {
        _arguments = route.Arguments;
        _driver = route.Driver;
        _workspaceLength = route.WorkspaceLength;
        _sweeps = route.Sweeps;
        if (_sweeps.Length > 0)
        {
            _first = _sweeps[0];
            Run = route.IsTransposed ? &RunTransposed
                : _sweeps.Length > 1 ? &RunAll
                : _first.Tiles * _first.Panels > 1 ? &RunOne
                : &RunTile;
        }
    }

    /// <summary>Whether there are sweeps.</summary>
    public bool HasSweeps => Run != null;

    /// <summary>A pool with a block for the driver, if it needs one.</summary>
    public BufferPool<T> MakePool()
    {
        BufferPool<T> pool = new(Math.Max(4, 2 * Environment.ProcessorCount));
        if (_arguments.M > 0 && _arguments.N > 0 && _arguments.K > 0 && _arguments.Alpha != T.Zero)
        {
            pool.Prewarm(_workspaceLength, 1);
        }

        return pool;
    }

    /// <summary>Lets the driver compute.</summary>
    public void Drive(T* a, T* b, T* c, BufferPool<T> pool)
    {
        GemmArguments<T> g = _arguments;
        g.A = a;
        g.B = b;
        g.C = c;
        if (g.M > 0 && g.N > 0)
        {
            _driver(g, pool);
        }
    }

    // These pin the operands, so that a plan's own part is small enough to be inlined where it is called.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTile(in GemmProgram<T> program, ref T a, ref T b, ref T c)
    {
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            program._first.Body(program._first.Panel, pa, pb, pc, 1, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOne(in GemmProgram<T> program, ref T a, ref T b, ref T c)
    {
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            ref readonly GemmSweep<T> sweep = ref program._first;
            sweep.Body(sweep.Panel, pa, pb, pc, sweep.Tiles, sweep.Panels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunAll(in GemmProgram<T> program, ref T a, ref T b, ref T c)
    {
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            foreach (ref readonly GemmSweep<T> sweep in program._sweeps.AsSpan())
            {
                sweep.Body(sweep.Panel, pa + sweep.A, pb + sweep.B, pc + sweep.C, sweep.Tiles, sweep.Panels);
            }
        }
    }

    /// <summary>C^T &#8592; alpha B^T A^T + beta C^T was planned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTransposed(in GemmProgram<T> program, ref T a, ref T b, ref T c) => RunAll(program, ref b, ref a, ref c);
}
