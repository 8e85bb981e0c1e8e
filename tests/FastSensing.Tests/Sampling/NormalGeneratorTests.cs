using FastSensing.Sampling;

namespace FastSensing.Tests.Sampling;

/// <summary>
/// The numbers themselves: the pinned ones come from another implementation of the documented formulas, on Python's
/// integers and doubles.
/// </summary>
public class NormalGeneratorTests
{
    private static readonly ulong[] s_firstBits =
    [
        0x78DC_45D0_75C9_D577, 0x9CDB_B53F_A5C0_8103, 0x6164_457C_30D1_4FA9, 0xE382_24E6_DA47_4B4F,
        0xA698_93D0_D397_9AB5, 0x6384_D433_6DC3_CFFE, 0x04EE_B859_E3F3_9798, 0xA591_74AC_CF4A_A659,
    ];

    private static readonly ulong[] s_firstNormals =
    [
        0xBFB1_E92B_BE7D_A844, 0x3FD2_54F3_1136_BB3F, 0xBFD3_7A3A_49C7_59EE, 0x3FF3_83C2_6E26_B58F,
        0x3FD8_CAF8_9EA1_CDED, 0xBFD2_15F4_8860_C3FA, 0xC000_8D8C_ED8F_9F0C, 0x3FD8_199A_D466_178B,
        0xBFF1_952D_9030_3374, 0x3FE6_4845_A0C5_DC99, 0xBFDF_3C62_9415_1D31, 0x3FF5_3E3A_7064_2FEE,
        0xBFD2_260E_4C69_9869, 0xBFF6_109A_3B5F_90B7, 0x3FE1_3509_0AE8_0691, 0xBFF2_54F2_8875_48FC,
        0xBFE6_476A_8045_DE5D, 0x3FF0_AB08_527D_F2CC, 0x3FE9_55FB_0BBD_9E3C, 0x3FCC_F8B9_BC91_59DE,
        0x3FE1_FCF2_8D7F_6BB2, 0xBFE4_89BD_68FE_D026, 0x3FE8_9C0C_50B7_3B39, 0xBFDA_720B_2125_B7A2,
    ];

    [Fact]
    public void Bits_FirstOnes_ArePinned()
    {
        NormalGenerator generator = new(42);
        Assert.Equal(s_firstBits, Enumerable.Range(0, s_firstBits.Length).Select(i => generator.Bits((ulong)i)));
        Assert.Equal(0xDDB2_EE04_F02F_2FCFUL, Hash(Enumerable.Range(0, 1000).Select(i => generator.Bits((ulong)i))));
    }

    [Fact]
    public void Normals_FirstThousand_ArePinned()
    {
        double[] normals = new double[1000];
        new NormalGenerator(42).Normals<double>(0, normals);
        Assert.Equal(s_firstNormals, normals.Take(s_firstNormals.Length).Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal(0xD07A_25EE_2971_9EE6UL, Hash(normals.Select(BitConverter.DoubleToUInt64Bits)));
    }

    [Fact]
    public void Normals_SmallestAndLargestSeedAndIndex_ArePinned()
    {
        double[] normals = new double[1000];
        new NormalGenerator(0).Normals<double>(0, normals);
        Assert.Equal(0xF809_3D5F_F3DE_AA7AUL, Hash(normals.Select(BitConverter.DoubleToUInt64Bits)));

        // Wraps around from index 2^64 - 1 to 0 in the middle.
        new NormalGenerator(ulong.MaxValue).Normals<double>(ulong.MaxValue - 499, normals);
        Assert.Equal(0x0FF3_6DB4_B437_F340UL, Hash(normals.Select(BitConverter.DoubleToUInt64Bits)));
    }

    [Fact]
    public void Stream_FirstThousand_ArePinned()
    {
        double[] normals = new double[1000];
        new NormalGenerator(42).Stream(7).Normals<double>(0, normals);
        Assert.Equal(0x31A5_A9C7_DA1F_7529UL, Hash(normals.Select(BitConverter.DoubleToUInt64Bits)));
    }

    [Fact]
    public void Normals_OfFloat_AreTheRoundedDoubles()
    {
        NormalGenerator generator = new(3);
        float[] singles = new float[100];
        generator.Normals<float>(17, singles);
        Assert.Equal(Enumerable.Range(17, 100).Select(i => (float)generator.Normal((ulong)i)), singles);
    }

    [Fact]
    public void Normals_InPieces_AreThoseOfOneCall()
    {
        NormalGenerator generator = new(5);
        double[] whole = new double[64];
        double[] pieces = new double[64];
        generator.Normals<double>(100, whole);
        generator.Normals<double>(139, pieces.AsSpan(39));
        generator.Normals<double>(100, pieces.AsSpan(0, 39));
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Normals_Filling_AllocatesNothing()
    {
        NormalGenerator generator = new(5);
        double[] destination = new double[64];
        generator.Normals<double>(0, destination);
        long before = GC.GetAllocatedBytesForCurrentThread();
        generator.Normals<double>(0, destination);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        generator.Stream(1);
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ulong Hash(IEnumerable<ulong> words)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (ulong word in words)
        {
            hash = unchecked((hash ^ word) * 0x100_0000_01B3);
        }

        return hash;
    }
}
