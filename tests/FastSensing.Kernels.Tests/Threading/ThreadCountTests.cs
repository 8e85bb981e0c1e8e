using System.Numerics;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Threading;

/// <summary>The bits of every routine are the same for every number of threads.</summary>
public abstract class ThreadCountTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Calls = 150;

    /// <summary>Shapes at which sums are split by depth, blocks of B and C by columns, or there are fewer rows than threads.</summary>
    private static readonly BlasCase[] LargeCalls =
    [
        new(Routine.Gemm, 330, 350, 600),
        new(Routine.Gemm, 65, 1900, 520),
        new(Routine.Gemm, 700, 30, 900),
        new(Routine.Gemm, 30, 700, 900),
        new(Routine.Gemm, 3, 2000, 300),
        new(Routine.Gemm, 1500, 5, 300),
        new(Routine.Gemm, 1500, 3, 600),
        new(Routine.Gemm, 2, 1500, 600),
        new(Routine.Syrk, 330, 330, 600),
        new(Routine.Syrk, 60, 60, 3000),
        new(Routine.Trsm, 650, 330, 0),
        new(Routine.Trsm, 650, 49, 0),
        new(Routine.Trsm, 530, 97, 0),
        new(Routine.Trsm, 5, 3000, 0),
        new(Routine.Trsm, 18, 500, 0),
        new(Routine.Potrf, 600, 600, 0),
        new(Routine.Gemv, 700, 1, 900),
    ];

    public static TheoryData<int> ThreadCounts => [2, 3, 4, 7];

    public static TheoryData<Routine> Routines => [.. Enum.GetValues<Routine>()];

    [Theory]
    [MemberData(nameof(Routines))]
    public void Bits_RandomCalls_DoNotDependOnTheThreadCount(Routine routine)
    {
        var alone = new ManagedBlas<T>();
        ManagedBlas<T>[] teams = [EagerBlas.Create<T>(2), EagerBlas.Create<T>(3), EagerBlas.Create<T>(4), EagerBlas.Create<T>(7)];
        var cases = new RandomCases(seed: 7, BlockEdges.OfEveryTag<T>());
        for (int i = 0; i < Calls; i++)
        {
            BlasCase call = cases.Next(routine);
            AssertSameBits(alone, teams, call);
        }

        Array.ForEach(teams, team => team.Dispose());
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Bits_LargeCallsInEveryLayout_DoNotDependOnTheThreadCount(int threads)
    {
        var alone = new ManagedBlas<T>();
        using ManagedBlas<T> eager = EagerBlas.Create<T>(threads);
        using var usual = new ManagedBlas<T>(threads);
        foreach (BlasCase shape in LargeCalls)
        {
            foreach (Layout layout in (Layout[])[Layout.Dense, Layout.Transposed, Layout.Strided])
            {
                foreach (double beta in (double[])[0, 1, -0.75])
                {
                    BlasCase call = shape with { Alpha = 1.5, Beta = beta, A = layout, B = Layout.Padded, C = layout, Triangle = Triangle.Upper, Seed = shape.M };
                    AssertSameBits(alone, [eager, usual], call);
                    AssertSameBits(alone, [eager, usual], call with { A = Layout.Padded, B = layout, C = Layout.OffsetByOne, Triangle = Triangle.Lower });
                }
            }
        }
    }

    private static void AssertSameBits(ManagedBlas<T> alone, ManagedBlas<T>[] teams, BlasCase call)
    {
        byte[] expected = CallBits<T>.Of(alone, call);
        foreach (ManagedBlas<T> team in teams)
        {
            Assert.True(expected.AsSpan().SequenceEqual(CallBits<T>.Of(team, call)), $"{call}: {team.MaxDegreeOfParallelism} threads give other bits than one");
        }
    }
}

public sealed class ThreadCountDoubleTests : ThreadCountTests<double>;

public sealed class ThreadCountSingleTests : ThreadCountTests<float>;
