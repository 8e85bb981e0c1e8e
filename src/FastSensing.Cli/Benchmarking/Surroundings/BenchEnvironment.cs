namespace FastSensing.Cli.Benchmarking.Surroundings;

/// <summary>
/// The environment variables under which a row is measured: the runtime's switches give our side its instruction set,
/// and the peers get kernels for the same one.
/// </summary>
/// <remarks>
/// The runtime reads its switches when the process starts, a library its own while it is loaded. So a variable that is
/// absent can still be set for a library; one that is there and differs needs another process.
/// </remarks>
internal sealed class BenchEnvironment
{
    /// <summary>The variable that OpenBLAS takes its core type from.</summary>
    public const string OpenBlasCore = "OPENBLAS_CORETYPE";

    private const string MklInstructions = "MKL_ENABLE_INSTRUCTIONS";
    private const string LibxsmmTarget = "LIBXSMM_TARGET";
    private const string BlisKernels = "BLIS_ARCH_TYPE";

    private static readonly string[] Switches = ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    private BenchEnvironment(string isa, Dictionary<string, string> forPeers)
    {
        Isa = isa;
        ForPeers = forPeers;
    }

    /// <summary>The tag to measure.</summary>
    public string Isa { get; }

    /// <summary>What the peers must find.</summary>
    public IReadOnlyDictionary<string, string> ForPeers { get; }

    /// <summary>What a process of its own is given; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> ForProcess
    {
        get
        {
            Dictionary<string, string?> variables = ForPeers.ToDictionary(pair => pair.Key, string? (pair) => pair.Value);
            foreach (string name in Switches)
            {
                variables[name] = name == SwitchedOff(Isa) ? "0" : null;
            }

            return variables;
        }
    }

    /// <summary>For a tag and peers.</summary>
    /// <param name="isa">The tag.</param>
    /// <param name="peers">Names of peers.</param>
    /// <param name="openBlasCore">A core type that is to be used whatever the tag; null for the suitable one.</param>
    public static BenchEnvironment For(string isa, IReadOnlyCollection<string> peers, string? openBlasCore)
    {
        Dictionary<string, string> variables = [];
        if (peers.Contains("openblas") && (openBlasCore ?? SuitableCore(isa)) is string core)
        {
            variables[OpenBlasCore] = core;
        }

        if (peers.Contains("mkl") && SuitableInstructions(isa) is string instructions)
        {
            variables[MklInstructions] = instructions;
        }

        if (peers.Contains("blis") && SuitableBlisKernels(isa) is string kernels)
        {
            variables[BlisKernels] = kernels;
        }

        if (peers.Contains("libxsmm") && SuitableTarget(isa) is string target)
        {
            variables[LibxsmmTarget] = target;
        }

        return new BenchEnvironment(isa, variables);
    }

    /// <summary>Why a process of its own is needed, in words; null when this one will do.</summary>
    /// <param name="isa">The tag of this process.</param>
    /// <param name="variable">The environment of this process.</param>
    public string? ReasonForAnother(string isa, Func<string, string?> variable)
    {
        foreach ((string name, string wanted) in ForPeers)
        {
            if (variable(name) is string present && present != wanted)
            {
                return $"{name}={wanted} instead of {present}";
            }
        }

        return isa == Isa ? null : $"{Isa} instead of {isa}";
    }

    /// <summary>Sets what is absent where native code sees it.</summary>
    /// <param name="variable">The environment of this process.</param>
    /// <returns>What was set.</returns>
    public IReadOnlyList<string> Complete(Func<string, string?> variable)
    {
        List<string> set = [];
        foreach ((string name, string wanted) in ForPeers)
        {
            if (variable(name) is null)
            {
                NativeEnvironment.Set(name, wanted);
                set.Add($"{name}={wanted}");
            }
        }

        return set;
    }

    /// <summary>The core type of OpenBLAS for a tag: older releases take a new CPU for a very old one unless they are told.</summary>
    public static string? SuitableCore(string isa) => isa switch
    {
        "Simd512" => "SkylakeX",
        "Simd256" => "Haswell",
        "Simd128" => "Nehalem",
        _ => null,
    };

    private static string? SwitchedOff(string isa) => isa switch
    {
        "Simd256" => Switches[0],
        "Simd128" => Switches[1],
        "Scalar" => Switches[2],
        _ => null,
    };

    private static string? SuitableInstructions(string isa) => isa switch
    {
        "Simd256" => "AVX2",
        "Simd128" => "SSE4_2",
        _ => null,
    };

    private static string? SuitableTarget(string isa) => isa switch
    {
        "Simd256" => "hsw",
        "Simd128" => "wsm",
        _ => null,
    };

    // Like OpenBLAS, BLIS 0.9 takes a CPU that came after it for one without SIMD.
    private static string? SuitableBlisKernels(string isa) => isa switch
    {
        "Simd512" => "skx",
        "Simd256" => "haswell",
        _ => null,
    };
}
