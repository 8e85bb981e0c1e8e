using System.Runtime.InteropServices;
using FastSensing.Kernels.Memory;
using FastSensing.Testing.Contracts;
using FastSensing.Testing.Files;
using FastSensing.Testing.Natives;
using FastSensing.Testing.Skipping;

namespace FastSensing.Native.Tests.Faults;

/// <summary>Loading in the caller's own process: names, refusals, integer widths, and libraries that others try to unload.</summary>
public sealed class LoadingTests
{
    [Theory]
    [InlineData("atlas")]
    [InlineData("libopenblas.so.0")]
    [InlineData("./libopenblas.so.0")]
    [InlineData("OpenBLAS")]
    public void Load_UnknownNameOrRelativePath_IsAnArgumentError(string backEnd)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => NativeBlasLibrary.Load(backEnd));
        Assert.Contains(backEnd, refused.Message, StringComparison.Ordinal);
        Assert.Equal("backEnd", refused.ParamName);
    }

    [Fact]
    public void Load_NoThreads_IsAnArgumentError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NativeBlasLibrary.Load("openblas", 0));

    [Fact]
    public void Candidates_OfEveryName_AreBareNamesOrAbsolutePaths() =>
        Assert.All(NativeBlasLocator.Names.SelectMany(NativeBlasLocator.Candidates), candidate =>
            Assert.True(Path.IsPathFullyQualified(candidate) || Path.GetFileName(candidate) == candidate, candidate));

    [Fact]
    public void Load_MissingFile_SaysWhatTheLoaderSays()
    {
        using TemporaryFolder folder = new();
        AssertRefused(folder.File("libnothing.so"), "libnothing.so");
    }

    [Fact]
    public void Load_TextFile_SaysWhatTheLoaderSays()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("libtext.so"), "no library");
        AssertRefused(folder.File("libtext.so"), "libtext.so");
    }

    [CompilerFact]
    public void Load_MissingRoutine_NamesIt()
    {
        using TemporaryFolder folder = new();
        AssertRefused(FakeBlas.Build(folder, "libhalf.so", "MISSING_SYMBOL"), "cblas_dtrsm");
    }

    [CompilerFact]
    public void Load_TwoIntegerWidths_AreRefused()
    {
        using TemporaryFolder folder = new();
        AssertRefused(FakeBlas.Build(folder, "libmixed.so", "INTEGER=int64_t", "WRITTEN=int"), "64-bit", "32-bit");
        AssertRefused(FakeBlas.Build(folder, "libliar.so", "SUFFIX=64_"), "64-bit", "32 bits");
    }

    [CompilerFact]
    public void Load_LibraryThatRunsMoreThreadsThanAsked_IsRefused()
    {
        using TemporaryFolder folder = new();
        AssertRefused(FakeBlas.Build(folder, "libmany.so", "IGNORES_THREADS"), "64 threads", "1 were");
    }

    [CompilerFact]
    public void Load_FewerThreadsThanAsked_AreReported()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(4, NativeBlasLibrary.Load(FakeBlas.Build(folder, "libfour.so", "THREAD_LIMIT=4"), 1000).Threads);
    }

    [CompilerFact]
    public void Probe_WrongResults_NamesTheRoutine()
    {
        using TemporaryFolder folder = new();
        NativeBlasLibrary library = NativeBlasLibrary.Load(FakeBlas.Build(folder, "libwrong.so", "WRONG_RESULTS"));
        Assert.Contains("gemm", NativeBlasProbe.FindFault(library), StringComparison.Ordinal);
    }

    [CompilerFact]
    public void Int64Library_WithAndWithoutTheSuffix_KeepsTheContract()
    {
        using TemporaryFolder folder = new();
        foreach (string suffix in (string[])["", "64_", "_64"])
        {
            NativeBlasLibrary library = NativeBlasLibrary.Load(FakeBlas.Build(folder, $"libwide{suffix}.so", "INTEGER=int64_t", "SUFFIX=" + suffix));
            Assert.Equal(BlasIntegerWidth.Int64, library.IntegerWidth);
            Assert.Null(NativeBlasProbe.FindFault(library));
            NativeBlas<double> blas = new(library, new BufferPool<double>(1));
            Assert.All(BlasRules<double>.Names, rule => BlasRules<double>.Check(rule, blas));
        }
    }

    [CompilerFact]
    public void Library_ThatOthersUnload_StaysUsable()
    {
        using TemporaryFolder folder = new();
        string path = FakeBlas.Build(folder, "libgone.so");
        NativeBlas<double> blas = new(NativeBlasLibrary.Load(path));
        nint handle = NativeLibrary.Load(path);
        for (int i = 0; i < 10; i++)
        {
            NativeLibrary.Free(handle);
        }

        double[] x = [1, 2, 3, 4];
        double[] y = new double[4];
        blas.Gemm(1, new MatrixSpan<double>(x, 2, 2), new MatrixSpan<double>(x, 2, 2), 0, new MatrixSpan<double>(y, 2, 2));
        Assert.Equal([7, 10, 15, 22], y);
    }

    private static void AssertRefused(string path, params string[] words)
    {
        NativeBlasException refused = Assert.Throws<NativeBlasException>(() => NativeBlasLibrary.Load(path));
        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
    }
}
