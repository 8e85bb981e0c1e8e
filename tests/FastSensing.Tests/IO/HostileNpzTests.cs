using System.IO.Compression;
using FastSensing.IO;
using FastSensing.Testing.Files;

namespace FastSensing.Tests.IO;

/// <summary>Malformed and malicious archives are refused by the documented exception, naming file and array.</summary>
public sealed class HostileNpzTests
{
    [Theory]
    [InlineData(NpzCompression.Stored)]
    [InlineData(NpzCompression.Deflated)]
    public void Read_TruncatedAnywhere_IsRefused(NpzCompression compression)
    {
        byte[] file = Sample(compression);
        Assert.Equal(24, ReadAll(file));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReadAll(file[..length]));
        }
    }

    [Theory]
    [InlineData(NpzCompression.Stored)]
    [InlineData(NpzCompression.Deflated)]
    public void Read_RandomMutations_ThrowOnlyTheDocumentedException(NpzCompression compression)
    {
        byte[] seed = Sample(compression);
        Random random = new(20260102);
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = Mutation.Of(seed, random);
            long start = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll(file);
                read++;
            }
            catch (InvalidDataException)
            {
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - start < 2 << 20, $"round {round}");
        }

        Assert.InRange(read, 1, 19_999);
    }

    [Fact]
    public void Read_FlippedBitInStoredData_IsFoundByTheChecksum()
    {
        byte[] file = Sample(NpzCompression.Stored);
        int at = file.AsSpan().IndexOf(BitConverter.GetBytes(12.0));
        file[at] ^= 1;
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ReadAll(file));
        Assert.StartsWith("x.npz: array ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("checksum", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../A.npy")]
    [InlineData("/A.npy")]
    [InlineData("..\\A.npy")]
    [InlineData("C:A.npy")]
    [InlineData("A\u001b[31m.npy")]
    [InlineData("A\n.npy")]
    public void Open_UnfitName_IsRefusedWithoutRepeatingIt(string name)
    {
        byte[] file = Archive((name, []));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => ReadAll(file));
        Assert.DoesNotContain(name, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Open_NameTwice_IsRefused()
    {
        byte[] file = Archive(("A.npy", []), ("A.npy", []));
        Assert.Contains("array A: it is there twice", Assert.Throws<InvalidDataException>(() => ReadAll(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TooManyMembers_IsRefused()
    {
        byte[] file = Archive(("A.npy", []), ("B.npy", []), ("C.npy", []));
        using MemoryStream stream = new(file);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => NpzFile.Open(stream, "x.npz", new NpzLimits { MemberCount = 2 }));
        Assert.Contains("3 members; the limit is 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenArray_RatioOfABomb_IsRefusedBeforeUnpacking()
    {
        byte[] file = Archive(("A.npy", new byte[1 << 20]));
        using MemoryStream stream = new(file);
        using NpzFile npz = NpzFile.Open(stream, "x.npz", new NpzLimits { FreeLength = 1 << 16 });
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => npz.OpenArray("A"));
        Assert.Contains("x.npz: array A: it claims to unpack", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenArray_MemberAboveTheLimit_IsRefused()
    {
        byte[] file = Archive(("A.npy", new byte[1000]));
        using MemoryStream stream = new(file);
        using NpzFile npz = NpzFile.Open(stream, "x.npz", new NpzLimits { MemberLength = 999 });
        Assert.Contains("claims 1000 bytes; the limit is 999", Assert.Throws<InvalidDataException>(() => npz.OpenArray("A")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingArray_NamesThoseThatAreThere()
    {
        using MemoryStream stream = new(Sample(NpzCompression.Stored));
        using NpzFile npz = NpzFile.Open(stream, "x.npz");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => npz.Read<double>("y"));
        Assert.Equal("x.npz: there is no array y; the file has A, B.", refused.Message);
    }

    private static int ReadAll(byte[] file)
    {
        using MemoryStream stream = new(file);
        using NpzFile npz = NpzFile.Open(stream, "x.npz");
        int count = 0;
        foreach (string name in npz.Names)
        {
            count += npz.Read<double>(name).Elements.Length;
        }

        return count;
    }

    private static byte[] Sample(NpzCompression compression)
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("x.npz"), compression))
        {
            writer.Add<double>("A", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3, 4);
            writer.Add<int>("B", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 12);
            writer.Commit();
        }

        return File.ReadAllBytes(folder.File("x.npz"));
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] members)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = archive.CreateEntry(name).Open();
                member.Write(content);
            }
        }

        return stream.ToArray();
    }
}
