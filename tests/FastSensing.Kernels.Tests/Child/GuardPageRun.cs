using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// Random calls of every routine on operands that lie against pages without access. Every call is named before it is made:
/// the last line of the output names the one that ended the process.
/// </summary>
internal static class GuardPageRun
{
    /// <summary>What to run to step over the edge on purpose.</summary>
    public const string Trespass = "Trespass";

    public static int Execute(string tag, string type, string what, string placement, string calls)
    {
        var place = Enum.Parse<Placement>(placement);
        int count = int.Parse(calls, CultureInfo.InvariantCulture);
        if (type == "Double")
        {
            Run<double>(tag, what, place, count);
        }
        else
        {
            Run<float>(tag, what, place, count);
        }

        Console.WriteLine("done");
        return 0;
    }

    private static void Run<T>(string tag, string what, Placement placement, int calls)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (what == Trespass)
        {
            Step<T>(placement);
            return;
        }

        IBlas<T> blas = TagBlas.Create<T>(tag);
        var cases = new RandomCases(seed: 20, BlockEdges.OfEveryTag<T>(), largestWork: 20_000);
        foreach (Routine each in Enum.GetValues<Routine>())
        {
            for (int i = 0; i < calls; i++)
            {
                BlasCase call = cases.Next(each, placement);
                Console.WriteLine(call);
                BlasTrial<T>.Run(blas, call);
            }
        }
    }

    private static void Step<T>(Placement placement)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var matrix = new TestMatrix<T>(3, 3, Layout.Dense, placement);
        ref T first = ref matrix.View[0, 0];
        Console.WriteLine("trespassing");
        Console.WriteLine(Unsafe.Add(ref first, placement == Placement.BeforeGuardPage ? 9 : -1));
    }
}
