using System.Numerics;
using FastSensing.Testing.Matrices;
using Xunit;

namespace FastSensing.Testing.Contracts;

/// <summary>Misuse must throw <see cref="ArgumentException"/>, say what disagrees, and leave the output alone.</summary>
internal static class Refusal
{
    /// <summary>Fails unless <paramref name="call"/> is refused with a message that contains every part, and the output keeps its bits.</summary>
    public static void Assert<T>(TestMatrix<T> output, Action call, params string[] messageParts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] saved = output.Save();
        ArgumentException refusal = Xunit.Assert.ThrowsAny<ArgumentException>(call);
        foreach (string part in messageParts)
        {
            Xunit.Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        }

        output.AssertUnchanged(saved, "the output of a refused call");
    }
}
