namespace FastSensing.Tests.IO;

/// <summary>One to four random changes of a file: flipped bits, other bytes, cuts, repeated and inserted pieces.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] seed, Random random)
    {
        List<byte> file = [.. seed];
        int changes = random.Next(1, 5);
        for (int change = 0; change < changes && file.Count > 0; change++)
        {
            int at = random.Next(file.Count);
            switch (random.Next(6))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 3:
                    file.RemoveRange(at, Math.Min(random.Next(1, 20), file.Count - at));
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 20), file.Count - at)));
                    break;
                default:
                    file.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. file];
    }
}
