namespace FastSensing.Benchmarks.Figures;

/// <summary>Measures all figures in child processes, one per instruction set, and writes benchmarks/results.</summary>
internal static class FigureFiles
{
    private const string Folder = "benchmarks/results";
    private const string WithoutAvx512 = "DOTNET_EnableAVX512";

    /// <summary>Measures and writes; the working directory is the root of the repository.</summary>
    public static void WriteAll()
    {
        string origin = $"{Host.Description}\n\nCommit {Host.Commit}; one thread; command: `./build.sh bench figures`.";
        Write(
            "gemm-share.md",
            $"""
            # Gemm as a share of the register-only FMA loop

            {origin}

            C <- A B for n x n matrices on `ManagedBlas`. The limit is a loop of 12 independent chains of fused
            multiply-adds that touches no memory (src/FastSensing.Cli/Benchmarking/Limits/RegisterFmaLimit.cs),
            compiled for the same instruction set. Both are timed in turn, 41 rounds (again where another process took the core away); the share is taken within each
            round. The AVX2 rows are a process with {WithoutAvx512}=0.

            {GemmShareFigure.Head}
            {Again("gemm-share")}{Again("gemm-share", (WithoutAvx512, "0"))}
            """);
        Write(
            "fused-gradient.md",
            $"""
            # The gradient of a dense operator in one pass

            {origin}

            m = 3000 measurements of a 100 x 100 matrix, fp64: A is 240 MB. Ours is the whole `LossAndGradient` at
            factors of width 5. Its rival is forward + adjoint alone, as two cblas_dgemv calls (row-major) of the
            system's OpenBLAS on one thread, on the kernels named in the row, which were asked for by
            OPENBLAS_CORETYPE. All are timed in turn, 41 rounds; the ratio is taken within each round, and its interval
            is the percentile bootstrap's of the median.

            {FusedGradientFigure.Head}
            {Again("fused-gradient")}{Again(["fused-gradient", "Haswell"])}{Again(["fused-gradient", "Haswell"], (WithoutAvx512, "0"))}
            """);
        Write(
            "versus-mathnet.md",
            $"""
            # Against MathNet.Numerics

            {origin}

            MathNet.Numerics 5.0.0 with its managed provider on one thread, fp64; both timed in turn, 41 rounds; the ratio is taken
            within each round. Potrf includes copying A. The step is that of our `FactorizedGradientDescent` and of
            the same formulas written with MathNet's matrices.

            {MathNetFigure.Head}
            {Again("versus-mathnet")}
            """);
    }

    private static string Again(string figure, params (string Name, string Value)[] environment) => Again([figure], environment);

    private static string Again(string[] arguments, params (string Name, string Value)[] environment)
    {
        Console.Error.WriteLine(string.Join(' ', [.. environment.Select(e => $"{e.Name}={e.Value}"), .. arguments]));
        return Host.Again(arguments, environment);
    }

    private static void Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text.TrimEnd() + "\n");
        Console.WriteLine(path);
    }
}
