using FastSensing.IO;
using FastSensing.Testing.Files;

namespace FastSensing.Tests.IO;

/// <summary>A file appears complete or not at all, and what was there before survives a failure.</summary>
public sealed class AtomicWriteTests
{
    [Fact]
    public void Commit_ReplacesTheOldFileAndLeavesNothingElse()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("x.npy"), "old");
        NpyFile.Write<double>(folder.File("x.npy"), [1, 2, 3], 3);
        Assert.Equal(["x.npy"], folder.Names());
        Assert.Equal([1.0, 2.0, 3.0], NpyFile.Read<double>(folder.File("x.npy")).Elements.ToArray());
    }

    [Fact]
    public void Write_Failing_KeepsTheOldFileAndLeavesNothingElse()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("x.npy"), "old");
        Assert.Throws<ArgumentException>(() => NpyFile.Write<double>(folder.File("x.npy"), [1, 2, 3], 4));
        Assert.Throws<ArgumentException>(() => NpyFile.Write<double>(folder.File("x.npy"), [1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => NpyFile.Write<float>(folder.File("x.npy"), [1, 2], new NpyHeader(DType.Float64, [2])));
        Assert.Equal(["x.npy"], folder.Names());
        Assert.Equal("old", File.ReadAllText(folder.File("x.npy")));
    }

    [Fact]
    public void NpzWriter_WithoutCommit_LeavesNothing()
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("x.npz")))
        {
            writer.Add<double>("A", [1, 2], 2);
            Assert.Throws<ArgumentException>(() => writer.Add<double>("A", [1, 2], 2));
            Assert.Single(folder.Names());
        }

        Assert.Empty(folder.Names());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void NpzWriter_WrongNumberOfElements_AddsNothing(int length)
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("x.npz")))
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => writer.Add<double>("A", [1, 2], length));
            Assert.Contains($"array A: 2 elements are given and the shape ({length},) has {length}", refused.Message, StringComparison.Ordinal);
            writer.Add<double>("A", [1, 2], 2);
            writer.Commit();
        }

        using NpzFile file = NpzFile.Open(folder.File("x.npz"));
        Assert.Equal([1.0, 2.0], file.Read<double>("A").Elements.ToArray());
    }

    [Fact]
    public void Complete_BeforeCommit_ShowsNothingUnderTheName()
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("x.npz")))
        {
            writer.Add<double>("A", [1, 2], 2);
            writer.Complete();
            Assert.False(File.Exists(folder.File("x.npz")));
            writer.Commit();
            Assert.Equal(["x.npz"], folder.Names());
        }

        using (AtomicFile file = new(folder.File("y")))
        {
            file.Stream.Write("new"u8);
            file.Complete();
        }

        Assert.Equal(["x.npz"], folder.Names());
        using NpzFile read = NpzFile.Open(folder.File("x.npz"));
        Assert.Equal([1.0, 2.0], read.Read<double>("A").Elements.ToArray());
    }

    [Fact]
    public void NpzWriter_SameArrays_SameBytes()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["a.npz", "b.npz"])
        {
            using NpzWriter writer = new(folder.File(name), NpzCompression.Deflated);
            writer.Add<double>("A", [1, 2], 2);
            writer.Commit();
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.npz")), File.ReadAllBytes(folder.File("b.npz")));
    }

    [Fact]
    public void Open_DirectoryOrMissingFolderOrDevice_IsRefused()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("d"));
        Assert.Throws<IOException>(() => new AtomicFile(folder.File("d")));
        DirectoryNotFoundException missing = Assert.Throws<DirectoryNotFoundException>(() => new AtomicFile(folder.File("none/x")));
        Assert.DoesNotContain(".tmp", missing.Message, StringComparison.Ordinal);
        IOException tooLong = Assert.ThrowsAny<IOException>(() => new AtomicFile(folder.File(new string('x', 250))));
        Assert.DoesNotContain(".tmp", tooLong.Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Throws<IOException>(() => new AtomicFile("/dev/null"));
        }

        Assert.Equal(["d"], folder.Names());
    }

    [Fact]
    public void Commit_ThroughASymbolicLink_ReplacesItsTarget()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Links need a privilege there.
        }

        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("target"), "old");
        File.CreateSymbolicLink(folder.File("link"), folder.File("target"));
        using (AtomicFile file = new(folder.File("link")))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(folder.File("target")));
        Assert.NotNull(File.ResolveLinkTarget(folder.File("link"), returnFinalTarget: true));
    }

    [Fact]
    public void Read_InPieces_GivesTheWholeInCOrder()
    {
        using TemporaryFolder folder = new();
        double[] columns = [0, 3, 1, 4, 2, 5];
        NpyFile.Write<double>(folder.File("x.npy"), columns, new NpyHeader(DType.Float64, [2, 3], ArrayOrder.ColumnMajor));
        using NpyReader reader = NpyFile.Open(folder.File("x.npy"));
        float[] row = new float[3];
        reader.Read<float>(row);
        Assert.Equal([0f, 1f, 2f], row);
        Assert.Equal(3, reader.Remaining);
        reader.Read<float>(row);
        Assert.Equal([3f, 4f, 5f], row);
        Assert.Throws<ArgumentException>(() => reader.Read<float>(row));
    }
}
