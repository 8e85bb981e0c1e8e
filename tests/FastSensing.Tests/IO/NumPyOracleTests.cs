using System.Numerics;
using System.Runtime.InteropServices;
using FastSensing.IO;
using FastSensing.Testing.Files;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Skipping;

namespace FastSensing.Tests.IO;

/// <summary>Files of real NumPy are read bit by bit as NumPy reads them, and NumPy reads ours, for every header there is.</summary>
public sealed class NumPyOracleTests
{
    // Random bytes as elements: NaNs with payloads, infinities, denormals and extreme integers are all among them.
    private const string MakeArray = """
        import os
        from numpy.lib import format as npy
        shapes = [(), (1,), (5,), (3, 4), (2, 3, 4), (0, 3), (3, 0, 2), (1, 7), (2, 1, 3, 2)]
        codes = ['f4', 'f8', 'u1', 'i4', 'i8']
        def elements(code, shape):
            count = int(np.prod(shape, dtype=np.int64)) * np.dtype(code).itemsize
            seed = codes.index(code) * 100 + shapes.index(shape)
            raw = np.array([(i * 73 + seed * 151 + (i * i) % 255) % 256 for i in range(count)], dtype=np.uint8)
            if code == 'f8' and count >= 32:
                raw[:32] = np.array([np.nan, np.inf, -0.0, 5e-324]).view(np.uint8)
            return raw.view('<' + code).reshape(shape) if count else np.zeros(shape, '<' + code)
        def cases():
            for code in codes:
                for shape in shapes:
                    for order in 'CF':
                        for byteOrder in 'LB':
                            for version in (1, 2, 3):
                                name = f"{code}-{order}-{byteOrder}-{version}-{'x'.join(map(str, shape))}"
                                a = elements(code, shape).astype(('<' if byteOrder == 'L' else '>') + code, order=order)
                                yield name, np.asarray(a, order=order), version

        """;

    [NumPyFact]
    public void Read_EveryLayoutWrittenByNumPy_GivesTheSameBits()
    {
        using TemporaryFolder folder = new();
        NumPyScript.Run(
            MakeArray + """
            for name, a, version in cases():
                with open(name + '.npy', 'wb') as f:
                    npy.write_array(f, a, version=(version, 0))
                open(name + '.raw', 'wb').write(a.astype(a.dtype.newbyteorder('<')).tobytes('C'))
            """,
            folder.Path);
        int count = 0;
        foreach (NpyHeader header in NpyLayouts.All())
        {
            string name = folder.File(NpyLayouts.Name(header));
            byte[] expected = File.ReadAllBytes(name + ".raw");
            Assert.Equal(expected, ReadBytes(name + ".npy", header));
            count++;
        }

        Assert.Equal(5 * 9 * 2 * 2 * 3, count);
    }

    [NumPyFact]
    public void Write_EveryLayout_IsReadByNumPyWithTheSameBits()
    {
        using TemporaryFolder folder = new();
        NumPyScript.Run(MakeArray + "for name, a, version in cases(): open(name + '.raw', 'wb').write(a.astype(a.dtype.newbyteorder('<')).tobytes('A'))", folder.Path);
        foreach (NpyHeader header in NpyLayouts.All())
        {
            string name = folder.File(NpyLayouts.Name(header));
            WriteBytes(name + ".npy", File.ReadAllBytes(name + ".raw"), header);
        }

        string read = NumPyScript.Run(
            MakeArray + """
            n = 0
            for name, a, version in cases():
                with open(name + '.npy', 'rb') as f:
                    assert npy.read_magic(f) == (version, 0), name
                    data = f.read()
                b = np.load(name + '.npy')
                assert b.shape == a.shape and b.dtype == a.dtype, (name, b.shape, b.dtype)
                assert b.tobytes('C') == a.tobytes('C'), name
                if a.ndim > 1 and a.size > 1 and max(a.shape) < a.size: assert b.flags.f_contiguous == ('-F-' in name), name
                assert (os.path.getsize(name + '.npy') - a.nbytes) % 64 == 0, name
                n += 1
            print(n)
            """,
            folder.Path);
        Assert.Equal("540", read.Trim());
    }

    [NumPyTheory]
    [InlineData("savez", "fp64")]
    [InlineData("savez_compressed", "fp64")]
    [InlineData("savez", "fp32")]
    public void NpzRead_WrittenByNumPy_GivesTheSameArrays(string function, string precision)
    {
        using TemporaryFolder folder = new();
        string type = precision == "fp64" ? "f8" : "f4";
        NumPyScript.Run($"A = (np.arange(60) / 7).astype('{type}').reshape(3, 4, 5); np.{function}('p.npz', A=np.asfortranarray(A), y=np.arange(3.0), n=7)", folder.Path);
        using NpzFile file = NpzFile.Open(folder.File("p.npz"));
        Assert.Equal(["A", "y", "n"], file.Names);
        double[] expected = new double[60];
        for (int i = 0; i < 60; i++)
        {
            expected[i] = precision == "fp64" ? i / 7.0 : (float)(i / 7.0);
        }

        NpyArray<double> a = file.Read<double>("A");
        Assert.Equal([3, 4, 5], a.Shape.ToArray());
        Assert.Equal(expected, a.Elements.ToArray());
        Assert.Equal(7, file.Read<int>("n").Elements.Span[0]);
    }

    [NumPyTheory]
    [InlineData(NpzCompression.Stored, 0)]
    [InlineData(NpzCompression.Deflated, 8)]
    public void NpzWrite_IsReadByNumPy(NpzCompression compression, int method)
    {
        using TemporaryFolder folder = new();
        using (NpzWriter writer = new(folder.File("p.npz"), compression))
        {
            writer.Add<double>("X", [1.5, -0.0, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000), 4, 5, 6], 2, 3);
            writer.Add<float>("Left", [1, 2], 2);
            writer.Add<int>("shape", [60, 45], 2);
            writer.Commit();
        }

        string output = NumPyScript.Run(
            $$"""
            import zipfile
            z = np.load('p.npz')
            assert sorted(z.files) == ['Left', 'X', 'shape'], z.files
            assert z['X'].tobytes() == np.array([[1.5, -0.0, np.nan], [4, 5, 6]]).tobytes()
            assert z['Left'].dtype == np.float32 and z['Left'].tolist() == [1, 2]
            assert z['shape'].dtype == np.int32 and z['shape'].tolist() == [60, 45]
            assert zipfile.ZipFile('p.npz').testzip() is None
            print(sorted({i.compress_type for i in zipfile.ZipFile('p.npz').infolist()}))
            """,
            folder.Path);
        Assert.Equal($"[{method}]", output.Trim());
    }

    private static byte[] ReadBytes(string path, NpyHeader expected) => expected.Type switch
    {
        DType.Float32 => Read<float>(path, expected),
        DType.Float64 => Read<double>(path, expected),
        DType.UInt8 => Read<byte>(path, expected),
        DType.Int32 => Read<int>(path, expected),
        _ => Read<long>(path, expected),
    };

    private static byte[] Read<T>(string path, NpyHeader expected)
        where T : unmanaged, INumber<T>
    {
        NpyArray<T> array = NpyFile.Read<T>(path);
        Assert.Equal(expected.Type, array.StoredType);
        Assert.Equal(expected.Shape.ToArray(), array.Shape.ToArray());
        return MemoryMarshal.AsBytes(array.Elements.Span).ToArray();
    }

    private static void WriteBytes(string path, byte[] bytes, NpyHeader header)
    {
        switch (header.Type)
        {
            case DType.Float32:
                NpyFile.Write(path, MemoryMarshal.Cast<byte, float>(bytes), header);
                break;
            case DType.Float64:
                NpyFile.Write(path, MemoryMarshal.Cast<byte, double>(bytes), header);
                break;
            case DType.UInt8:
                NpyFile.Write<byte>(path, bytes, header);
                break;
            case DType.Int32:
                NpyFile.Write(path, MemoryMarshal.Cast<byte, int>(bytes), header);
                break;
            default:
                NpyFile.Write(path, MemoryMarshal.Cast<byte, long>(bytes), header);
                break;
        }
    }
}
