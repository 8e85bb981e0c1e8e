using FastSensing.IO;
using FastSensing.Testing.Files;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>Every unfit input of solve: exit code 3, one line with file, array and both shapes, nothing written.</summary>
public sealed class SolveInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Solve_NoArrays_NamesWhatIsThere() =>
        AssertRefused(p => p.Add<double>("B", [1], 1), "neither A (with y) nor rows", "but B");

    [Fact]
    public void Solve_WithoutY_NamesY() => AssertRefused(p => p.AddDense(), "there is no array y", "the file has A");

    [Fact]
    public void Solve_WrongLengthOfY_NamesBothShapes() => AssertRefused(
        p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3], 3);
        },
        "array y", "(3,)", "(4, 3, 2)");

    [Fact]
    public void Solve_MatrixOfMeasurements_NamesBothShapes() => AssertRefused(
        p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3, 4], 4, 1);
        },
        "array y", "(4, 1)", "(4, 3, 2)");

    [Fact]
    public void Solve_FlatA_NamesItsShape() => AssertRefused(
        p =>
        {
            p.AddDense(4, 6);
            p.Add<double>("y", [1, 2, 3, 4], 4);
        },
        "array A", "(4, 6)", "(m, n1, n2)");

    [Fact]
    public void Solve_NoMeasurements_IsRefused() => AssertRefused(
        p =>
        {
            p.AddDense(0, 3, 2);
            p.Add<double>("y", [], 0);
        },
        "array A", "(0, 3, 2)");

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "infinite")]
    [InlineData(double.NegativeInfinity, "infinite")]
    public void Solve_MeasurementNotFinite_SaysWhich(double value, string word) => AssertRefused(
        p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, value, 4], 4);
        },
        "array y", "element 2", word);

    [Fact]
    public void Solve_MeasurementMatrixNotFinite_SaysWhich() => AssertRefused(
        p =>
        {
            double[] a = ProblemBuilder.Numbers(24);
            a[13] = double.NaN;
            p.Add<double>("A", a, 4, 3, 2);
            p.Add<double>("y", [1, 2, 3, 4], 4);
        },
        "array A", "measurement matrix 2");

    [Fact]
    public void Solve_TruthOfAnotherShape_NamesBothShapes() => AssertRefused(
        p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3, 4], 4);
            p.Add<double>("M", new double[6], 2, 3);
        },
        "array M", "(2, 3)", "(3, 2)");

    [Fact]
    public void Solve_DenseAndEntries_IsAmbiguous() => AssertRefused(
        p =>
        {
            p.AddDense();
            p.AddEntries([0], [0]);
        },
        "both A and rows");

    [Theory]
    [InlineData("columns", "there is no array columns")]
    [InlineData("values", "there is no array values")]
    [InlineData("shape", "there is no array shape")]
    public void Solve_EntriesIncomplete_NamesWhatIsMissing(string missing, string words) => AssertRefused(
        p =>
        {
            p.Add<int>("rows", [0, 1], 2);
            if (missing != "columns")
            {
                p.Add<int>("columns", [0, 1], 2);
            }

            if (missing != "values")
            {
                p.Add<double>("values", [1, 2], 2);
            }

            if (missing != "shape")
            {
                p.Add<int>("shape", [3, 2], 2);
            }
        },
        words);

    [Theory]
    [InlineData(new[] { 0, 3 }, new[] { 0, 1 }, "array rows", "element 1 is 3")]
    [InlineData(new[] { 0, 1 }, new[] { 0, -1 }, "array columns", "element 1 is -1")]
    [InlineData(new[] { 0, 1 }, new[] { 2, 1 }, "array columns", "element 0 is 2")]
    public void Solve_EntryOutside_NamesEntryAndShape(int[] rows, int[] columns, string array, string element) =>
        AssertRefused(p => p.AddEntries(rows, columns), array, element, "(3, 2)");

    [Fact]
    public void Solve_EntryTwice_NamesBoth() =>
        AssertRefused(p => p.AddEntries([2, 0, 2, 1], [1, 0, 1, 0]), "array rows", "elements 0 and 2", "(2, 1)");

    [Fact]
    public void Solve_EntriesOfDifferentLengths_NamesBothShapes() => AssertRefused(
        p =>
        {
            p.Add<int>("rows", [0, 1], 2);
            p.Add<int>("columns", [0, 1, 0], 3);
            p.Add<double>("values", [1, 2], 2);
            p.Add<int>("shape", [3, 2], 2);
        },
        "array columns", "(3,)", "(2,)");

    [Fact]
    public void Solve_IndicesAsFloats_IsRefused() => AssertRefused(
        p =>
        {
            p.Add<double>("rows", [0, 1], 2);
            p.Add<int>("columns", [0, 1], 2);
            p.Add<double>("values", [1, 2], 2);
            p.Add<int>("shape", [3, 2], 2);
        },
        "array rows", "float64", "integers");

    [Fact]
    public void Solve_OtherNumbersInY_IsAmbiguous() => AssertRefused(
        p =>
        {
            p.AddEntries([0, 1], [0, 1]);
            p.Add<double>("y", [7, 8], 2);
        },
        "array values", "array y too");

    [Fact]
    public void Solve_SymmetricOfARectangle_NamesTheShape()
    {
        string dense = ProblemBuilder.Write(_folder.File("d.npz"), p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3, 4], 4);
        });
        ToolRun.Of("solve", dense, "--symmetric", "-q").AssertFailed(ExitCode.InputRefused, dense, "array A", "(4, 3, 2)", "(m, n, n)");
        string entries = ProblemBuilder.Write(_folder.File("e.npz"), p => p.AddEntries([0, 1], [0, 1]));
        ToolRun.Of("solve", entries, "--symmetric", "-q").AssertFailed(ExitCode.InputRefused, entries, "array shape", "(3, 2)", "(n, n)");
    }

    [Fact]
    public void Solve_ExactRankAboveTheSmallerSide_NamesRankAndShape()
    {
        string path = ProblemBuilder.Write(_folder.File("d.npz"), p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3, 4], 4);
        });
        ToolRun.Of("solve", path, "--method", "scaled-gradient-descent", "--rank", "3", "-q")
            .AssertFailed(ExitCode.InputRefused, path, "3 columns", "min(n1, n2) = 2", "3 x 2");
    }

    [Theory]
    [InlineData(int.MaxValue, 3)]
    [InlineData(3, int.MaxValue)]
    public void Solve_EntriesOfAMatrixBeyondAnyArray_IsRefused(int rows, int columns) => AssertRefused(
        p =>
        {
            p.Add<int>("rows", [0, 1], 2);
            p.Add<int>("columns", [0, 1], 2);
            p.Add<double>("values", [1, 2], 2);
            p.Add<int>("shape", [rows, columns], 2);
        },
        $"{rows}", $"{columns}");

    [Fact]
    public void Solve_FileMissingTruncatedOrSomethingElse_IsRefused()
    {
        ToolRun.Of("solve", _folder.File("none.npz")).AssertFailed(ExitCode.InputRefused, "none.npz", "no such file");
        ToolRun.Of("solve", _folder.Path).AssertFailed(ExitCode.InputRefused, _folder.Path, "directory");
        string text = _folder.File("text.npz");
        File.WriteAllText(text, "not a zip archive at all");
        ToolRun.Of("solve", text).AssertFailed(ExitCode.InputRefused, "text.npz", "ZIP");
        string whole = ProblemBuilder.Write(_folder.File("whole.npz"), p =>
        {
            p.AddDense();
            p.Add<double>("y", [1, 2, 3, 4], 4);
        });
        File.WriteAllBytes(_folder.File("cut.npz"), File.ReadAllBytes(whole)[..200]);
        ToolRun.Of("solve", _folder.File("cut.npz")).AssertFailed(ExitCode.InputRefused, "cut.npz");
    }

    private void AssertRefused(Action<NpzWriter> fill, params string[] words)
    {
        string path = ProblemBuilder.Write(_folder.File("p.npz"), fill);
        ToolRun run = ToolRun.Of("solve", path, "-q", "--out", _folder.File("X.npz"), "--trace", _folder.File("t.csv"));
        run.AssertFailed(ExitCode.InputRefused, [path, .. words]);
        Assert.Equal(["p.npz"], _folder.Names());
    }
}
