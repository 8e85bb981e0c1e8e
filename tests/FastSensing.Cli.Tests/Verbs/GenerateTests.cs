using FastSensing.IO;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>What generate writes, and what it refuses.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Generate_Gaussian_MeasuresTheTruth()
    {
        using NpzFile file = Generate("--rows 6 --columns 5 --rank 2 --measurements 40 --seed 7");
        Assert.Equal(["A", "y", "M"], file.Names);
        NpyArray<double> a = file.Read<double>("A");
        NpyArray<double> y = file.Read<double>("y");
        NpyArray<double> m = file.Read<double>("M");
        Assert.Equal(("(40, 6, 5)", "(40,)", "(6, 5)"), (a.ShapeText, y.ShapeText, m.ShapeText));
        for (int i = 0; i < 40; i++)
        {
            (double sum, double size) = (0, 0);
            for (int k = 0; k < 30; k++)
            {
                double product = a.Elements.Span[(30 * i) + k] * m.Elements.Span[k];
                (sum, size) = (sum + product, size + Math.Abs(product));
            }

            double error = Math.Abs(sum - y.Elements.Span[i]);
            Assert.True(error <= 64 * Math.Pow(2, -53) * size, $"measurement {i}: {error}"); // 30 products and sums on either side.
        }
    }

    [Fact]
    public void Generate_Entries_AreThoseOfTheTruth()
    {
        using NpzFile file = Generate("--kind entries --rows 6 --columns 5 --rank 2 --measurements 20");
        Assert.Equal(["rows", "columns", "values", "shape", "M"], file.Names);
        Assert.Equal([6, 5], file.Read<int>("shape").Elements.ToArray());
        int[] rows = file.Read<int>("rows").Elements.ToArray();
        int[] columns = file.Read<int>("columns").Elements.ToArray();
        double[] values = file.Read<double>("values").Elements.ToArray();
        double[] m = file.Read<double>("M").Elements.ToArray();
        Assert.Equal(20, rows.Zip(columns).Distinct().Count());
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(m[(rows[i] * 5) + columns[i]], values[i], 1e-15);
        }
    }

    [Fact]
    public void Generate_GivenTruth_MeasuresItAsItIs()
    {
        double[] truth = ProblemBuilder.Numbers(12);
        NpyFile.Write<double>(_folder.File("M.npy"), truth, 4, 3);
        using NpzFile file = Generate($"--kind entries --measurements 12 --truth {_folder.File("M.npy")}");
        Assert.Equal(truth, file.Read<double>("M").Elements.ToArray());
        Assert.Equal(truth, file.Read<double>("values").Elements.ToArray());
    }

    [Fact]
    public void Generate_Noise_HasTheGivenDeviation()
    {
        double[] plain = Values("--measurements 3000 --rows 60");
        double[] noisy = Values("--measurements 3000 --rows 60 --noise 0.25");
        double squared = plain.Zip(noisy).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));

        // The estimate of a deviation from n samples has a relative error of 1/sqrt(2 n): six of those, for a fixed seed.
        Assert.InRange(Math.Sqrt(squared / 3000), 0.25 * (1 - (6 / Math.Sqrt(6000))), 0.25 * (1 + (6 / Math.Sqrt(6000))));
        double[] Values(string options)
        {
            using NpzFile file = Generate("--kind entries --rank 2 " + options);
            return file.Read<double>("values").Elements.ToArray();
        }
    }

    [Fact]
    public void Generate_SeedAndPrecision_DecideTheBytes()
    {
        byte[] Bytes(string options)
        {
            Generate("--rows 6 --rank 1 " + options).Dispose();
            return File.ReadAllBytes(_folder.File("p.npz"));
        }

        Assert.Equal(Bytes("--seed 1"), Bytes("--seed 1"));
        Assert.NotEqual(Bytes("--seed 1"), Bytes("--seed 2"));
        Assert.True(Bytes("--precision fp32").Length < Bytes("--precision fp64").Length);
    }

    [Fact]
    public void Generate_UnfitTruth_IsRefused()
    {
        string path = _folder.File("M.npy");
        ToolRun.Of("generate", _folder.File("p.npz"), "--truth", path).AssertFailed(ExitCode.InputRefused, path, "no such file");
        NpyFile.Write<double>(path, new double[8], 2, 2, 2);
        ToolRun.Of("generate", _folder.File("p.npz"), "--truth", path).AssertFailed(ExitCode.InputRefused, path, "(2, 2, 2)", "(n1, n2)");
        NpyFile.Write<double>(path, new double[6], 2, 3);
        ToolRun.Of("generate", _folder.File("p.npz"), "--truth", path, "--symmetric").AssertFailed(ExitCode.InputRefused, path, "(2, 3)", "(n, n)");
        NpyFile.Write<double>(path, [1, double.NaN], 1, 2);
        ToolRun.Of("generate", _folder.File("p.npz"), "--truth", path).AssertFailed(ExitCode.InputRefused, path, "NaN");
        File.WriteAllText(path, "no matrix");
        ToolRun.Of("generate", _folder.File("p.npz"), "--truth", path).AssertFailed(ExitCode.InputRefused, path, "not an npy array");
        Assert.Equal(["M.npy"], _folder.Names());
    }

    private NpzFile Generate(string options)
    {
        ToolRun.Of(["generate", _folder.File("p.npz"), .. options.Split(' ')]).AssertSucceeded();
        return NpzFile.Open(_folder.File("p.npz"));
    }
}
