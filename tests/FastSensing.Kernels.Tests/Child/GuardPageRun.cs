using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using FastSensing.Kernels.Simd;
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
    /// <summary>Calls of each routine.</summary>
    private const int Calls = 400;

    /// <summary>What to run to step over the edge on purpose.</summary>
    public const string Trespass = "Trespass";

    public static int Execute(string tag, string type, string what, string placement, string seed)
    {
        var place = Enum.Parse<Placement>(placement);
        int start = int.Parse(seed, CultureInfo.InvariantCulture);
        Console.WriteLine($"seed {start}");
        if (type == "Double")
        {
            Run<double>(tag, what, place, start);
        }
        else
        {
            Run<float>(tag, what, place, start);
        }

        Console.WriteLine("done");
        return 0;
    }

    private static void Run<T>(string tag, string what, Placement placement, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (what == Trespass)
        {
            Step<T>(placement);
            return;
        }

        VectorRun<T>(tag, placement);
        SensingGuardRun<T>.Execute(tag, placement, new Random(seed));
        IBlas<T> blas = TagBlas.Create<T>(tag, placement);
        var cases = new RandomCases(seed, BlockEdges.OfEveryTag<T>(), largestWork: 20_000);
        foreach (Routine each in Enum.GetValues<Routine>())
        {
            for (int i = 0; i < Calls; i++)
            {
                BlasCase call = cases.Next(each, placement);
                Console.WriteLine(call);
                BlasTrial<T>.Run(blas, call);
            }
        }
    }

    internal static void VectorRun<T>(string tag, Placement placement)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int length = 0; length <= 150; length++)
        {
            Console.WriteLine($"level 1, length {length}");
            using TestMatrix<T> x = new TestMatrix<T>(length, 1, Layout.Dense, placement).Set((i, _) => i);
            using TestMatrix<T> y = new TestMatrix<T>(length, 1, Layout.Dense, placement).Set((i, _) => i);
            var visitor = new VectorVisitor<T> { X = x, Y = y };
            TagTable.Visit<T, VectorVisitor<T>>(tag, ref visitor);
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

    private unsafe struct VectorVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TestMatrix<T> X;
        public TestMatrix<T> Y;

        public readonly void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            fixed (T* x = X.Vector, y = Y.Vector)
            {
                T dot = Level1Kernel<TIsa, T, TVector>.Dot(X.Rows, x, y);
                Level1Kernel<TIsa, T, TVector>.Axpy(X.Rows, dot, x, y);
                Level1Kernel<TIsa, T, TVector>.Scal(X.Rows, dot, y);
            }
        }
    }
}
