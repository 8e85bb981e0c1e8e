using System.Numerics;
using FastSensing.Kernels.Memory;

namespace FastSensing.Kernels.Gemm;

/// <summary>What a plan has settled: the sweeps and the one routine to call for them, or the driver.</summary>
internal readonly unsafe struct GemmProgram<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What runs the sweeps, the first of which is its argument; null when the driver computes.</summary>
    public readonly delegate*<in GemmSweep<T>, ref T, ref T, ref T, void> Run;

    /// <summary>The sweeps.</summary>
    public readonly GemmSweep<T>[] Sweeps;

    private readonly GemmArguments<T> _arguments;
    private readonly int _workspaceLength;
    private readonly delegate*<in GemmArguments<T>, BufferPool<T>, void> _driver;

    public GemmProgram(in GemmRoute<T> route)
    {
        _arguments = route.Arguments;
        _driver = route.Driver;
        _workspaceLength = route.WorkspaceLength;
        Sweeps = route.Sweeps;
        if (Sweeps.Length > 0)
        {
            Sweeps[0].Count = Sweeps.Length;
            Run = route.IsTransposed ? &GemmSweep<T>.RunAllTransposed
                : Sweeps.Length == 1 ? &GemmSweep<T>.RunOne
                : &GemmSweep<T>.RunAll;
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
}
