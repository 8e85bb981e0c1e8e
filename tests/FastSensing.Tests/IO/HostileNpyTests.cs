using System.Buffers.Binary;
using System.Text;
using FastSensing.IO;

namespace FastSensing.Tests.IO;

/// <summary>Malformed npy content is refused by the documented exception, in one line, without allocating what it claims.</summary>
public sealed class HostileNpyTests
{
    private const string Good = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
    private const long AllocationLimit = 512 * 1024;

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "pickle")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 3), }", "structured")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (2, 3), }", "dtype is '<c16'")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (2, 3), }", "dtype is '<f2'")]
    [InlineData("{'descr': '|f8', 'fortran_order': False, 'shape': (2, 3), }", "dtype is '|f8'")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (2, 3), }", "dtype is '<U5'")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (2, 3), }", "fortran_order")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, -3), }", "axis of -3")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "axis of 99999999999999999999")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "larger than any file")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1000000000), }", "needs 8000000000000000000 bytes")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': 6, }", "no '('")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2 3), }", "no ')'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, }", "no shape")]
    [InlineData("{'descr': '<f8', 'shape': (2, 3), }", "no fortran_order")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", "given twice")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), 'x': 1 }", "unknown")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } + __import__('os').system('ls')", "behind the dictionary")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)", "no '}'")]
    [InlineData("{'descr: <f8}", "without an end")]
    [InlineData("[1, 2]", "no '{'")]
    [InlineData("", "no '{'")]
    public void Read_MalformedHeader_SaysWhatIsWrong(string header, string expected)
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Read(File(header, new byte[48])));
        Assert.StartsWith("x.npy: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("{\"shape\":(2L,3L),\"fortran_order\":False,\"descr\":\"<f8\"}   \n")]
    [InlineData("  { 'descr' : '=f8' ,\t'fortran_order' : False , 'shape' : ( 2 , 3 , ) , }\n")]
    public void Read_UnusualButValidHeader_IsRead(string header) => Assert.Equal(6, Read(File(header, new byte[48])).Length);

    [Fact]
    public void Read_HeaderLengthOfFourGigabytes_IsRefusedWithoutAllocatingIt()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[100]];
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Read(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < AllocationLimit);
        Assert.Contains("claims 4294967295 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedAnywhere_IsRefused()
    {
        byte[] file = File(Good, new byte[48]);
        Assert.Equal(6, Read(file).Length);
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(file[..length]));
        }
    }

    [Fact]
    public void Read_BytesBehindTheData_IsRefused()
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Read(File(Good, new byte[49])));
        Assert.Contains("(2, 3) of float64 needs 48 bytes of data and it has 49", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomMutations_ThrowOnlyTheDocumentedException()
    {
        byte[][] seeds =
        [
            File(Good, new byte[48]),
            File("{'descr': '>i4', 'fortran_order': True, 'shape': (3, 4), }", new byte[48]),
            File("{'descr': '|u1', 'fortran_order': False, 'shape': (48,), }", new byte[48]),
        ];
        Random random = new(20260101);
        int read = 0;
        for (int round = 0; round < 30_000; round++)
        {
            byte[] file = Mutation.Of(seeds[round % seeds.Length], random);
            long start = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Read(file);
                read++;
            }
            catch (InvalidDataException)
            {
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - start < AllocationLimit, $"round {round}");
        }

        Assert.InRange(read, 1, 29_999); // Some mutations hit the values only.
    }

    [Fact]
    public void Read_FloatsAsIntegers_IsRefused()
    {
        using MemoryStream stream = new(File(Good, new byte[48]));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => NpyFile.Read<int>(stream, "x.npy"));
        Assert.Contains("it is float64, and integers are needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IntegerOutsideTheRange_IsRefused()
    {
        byte[] data = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(data, 1L << 31);
        using MemoryStream stream = new(File("{'descr': '<i8', 'fortran_order': False, 'shape': (), }", data));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => NpyFile.Read<int>(stream, "x.npy"));
        Assert.Contains("outside the range of int32", refused.Message, StringComparison.Ordinal);
    }

    private static double[] Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return NpyFile.Read<double>(stream, "x.npy").Elements.ToArray();
    }

    private static byte[] File(string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header);
        byte[] length = [(byte)text.Length, (byte)(text.Length >> 8)];
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. data];
    }
}
