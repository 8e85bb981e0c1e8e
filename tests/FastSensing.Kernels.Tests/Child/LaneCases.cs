using System.Globalization;
using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Kernels.Simd;
using FastSensing.Testing.Matrices;
using FastSensing.Testing.Tags;
using FastSensing.Testing.Trials;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// Writes the cases of the Arm64 lane: for each kernel a line "group KERNEL TAG IS_SINGLE LABEL" and one for each call, "M N K
/// ALPHA BETA A B C TRIANGLE SEED" (native/arm64-lane/main.c reads them). The shapes are those of the tests in this process.
/// </summary>
internal sealed class LaneCases(TextWriter file)
{
    private const int Shapes = 2000;

    /// <summary>Multiply-adds of a random call: an emulator does some ten million a second.</summary>
    private const long LargestWork = 20_000;

    // The kernels and tags in the order of the enums in native/arm64-lane/lane.h.
    private static readonly string[] Kernels =
    [
        "tile", "plan tile", "Gemm in place", "Gemm packed", "Gemm", "Gemm thin", "Syrk", "Trsm", "Potrf", "Gemv", "Dot", "Axpy", "Scal",
        "dense forward", "dense adjoint", "dense fused", "entries forward", "entries adjoint", "entries fused",
    ];

    private static readonly string[] Tags = ["Simd128", "Simd128Lane", "Scalar"];

    public static int Write(string path)
    {
        using var file = new StreamWriter(path);
        var cases = new LaneCases(file);
        foreach (string tag in Tags)
        {
            cases.WriteTag<double>(tag);
            cases.WriteTag<float>(tag);
        }

        return 0;
    }

    private void WriteTag<T>(string tag)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The lane has 32 registers, for both tags of 128 bits; here only the second one is told so.
        TileVisitor<T> tile = default;
        TagTable.Visit<T, TileVisitor<T>>(tag == "Scalar" ? tag : "Simd128Lane", ref tile);
        WriteTiles<T>(tag, tile);
        WriteProducts<T>(tag, tile);
        Group<T>("Gemv", tag, ShapeLists.SmallGemv);
        var random = new RandomCases(seed: 4, BlockEdges.OfEveryTag<T>(), LargestWork);
        Group<T>("Trsm", tag, ShapeLists.SmallTrsm.Concat(Some(500, () => random.Next(Routine.Trsm))));

        // Every order twice, since operands lie at either guard page in turn; alpha is what makes the matrix definite.
        Group<T>("Potrf", tag, from call in ShapeLists.SmallPotrf.Concat(Some(100, () => random.Next(Routine.Potrf)))
                               from shift in (double[])[1, 1, Math.Max(1, call.M), Math.Max(1, call.M)]
                               select call with { Alpha = shift });
        foreach (string kernel in (string[])["Dot", "Axpy", "Scal"])
        {
            Group<T>(kernel, tag, ShapeLists.Lengths.Select(n => new BlasCase(Routine.Gemv, 0, n, 0) { Alpha = -1.1, Seed = n }));
        }

        foreach (string kernel in (string[])["dense forward", "dense adjoint", "dense fused"])
        {
            Group<T>(kernel, tag, from shape in ShapeLists.Dense
                                  from layout in (Layout[])[Layout.Dense, Layout.Padded]
                                  select new BlasCase(Routine.Gemv, shape.Count, shape.Length, shape.Selected ? 1 : 0) { A = layout, Seed = shape.Length });
        }

        foreach (string kernel in (string[])["entries forward", "entries adjoint", "entries fused"])
        {
            Group<T>(kernel, tag, ShapeLists.Entries.Select(shape =>
                new BlasCase(Routine.Gemv, shape.Rows, shape.Columns, shape.Count) { Alpha = shape.CacheLines * Scratch<T>.LengthOf(1), Seed = shape.Seed }));
        }
    }

    /// <summary>A group for each tile body: so many rows, so many registers of columns, the last one in full or in part.</summary>
    private void WriteTiles<T>(string tag, TileVisitor<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomCases(seed: 5, BlockEdges.OfEveryTag<T>(), LargestWork);
        var pick = new Random(6);
        for (int rows = 1; rows <= tile.MR; rows++)
        {
            for (int last = tile.Lanes; last <= tile.NR; last += tile.Lanes)
            {
                int most = last;
                int sweep = rows == tile.MR ? 3 : 1;
                string shape = $"tile {rows} x {last / tile.Lanes}";
                Group<T>(shape, tag, Some(Shapes, () => random.NextPanel(rows * pick.Next(1, sweep + 1), most)));
                Group<T>("plan " + shape, tag, Some(Shapes, () => Planned(random.NextPanel(rows * TilesOfAPlan(pick), most), pick)));
                if (tile.Lanes > 1)
                {
                    Group<T>(shape + " masked", tag, Some(
                        Shapes, () => random.NextPanel(rows * pick.Next(1, sweep + 1), most - pick.Next(1, tile.Lanes))));
                    Group<T>($"plan {shape} masked", tag, Some(
                        Shapes, () => Planned(random.NextPanel(rows * TilesOfAPlan(pick), most - pick.Next(1, tile.Lanes)), pick)));
                }
            }
        }
    }

    /// <summary>One, or sometimes the nine that the lane's call of a planned body stands for.</summary>
    private static int TilesOfAPlan(Random pick) => pick.Next(8) == 0 ? 9 : 1;

    /// <summary>The factors of the three updates that a plan knows, as often as one another.</summary>
    private static BlasCase Planned(BlasCase call, Random pick) => pick.Next(3) switch
    {
        0 => call with { Alpha = 1, Beta = 0 },
        1 => call with { Alpha = 1, Beta = 1 },
        _ => call,
    };

    private void WriteProducts<T>(string tag, TileVisitor<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Layout[] byRows = [Layout.Dense, Layout.OffsetByOne, Layout.Padded];
        var random = new RandomCases(seed: 8, BlockEdges.OfEveryTag<T>(), LargestWork);

        // Long columns of A and thin B go ways of their own: they are left to the group of all.
        Group<T>("Gemm in place", tag, Some(
            Shapes, () => random.Next(Routine.Gemm), call => byRows.Contains(call.B) && byRows.Contains(call.C) && (call.M < 40 || call.K <= 64) && (call.N > 2 || call.K < 8)));
        Group<T>("Gemm packed", tag, Some(
            Shapes, () => random.Next(Routine.Gemm), call => !byRows.Contains(call.B) && byRows.Contains(call.C) && call.Alpha != 0 && call is { M: > 0, N: > 2, K: > 1 }));
        if (tile.Lanes > 1)
        {
            Group<T>("Gemm thin", tag, Some(Shapes, () => random.Next(Routine.Gemm), call =>
                byRows.Contains(call.A) && call.Alpha != 0 && call is { M: >= 4, N: > 0 } && call.N <= tile.Lanes / 2 && call.K >= 4 * tile.Lanes));
        }

        Group<T>("Gemm", tag, [
            .. ShapeLists.SmallGemm, .. ShapeLists.ThinGemm.Where(call => call.N <= 4), .. ShapeLists.PagedGemm, .. ShapeLists.AcrossGemm, .. ShapeLists.CacheBlockGemm<T>(tile.MR, tile.NR), .. ShapeLists.LargeGemm<T>(tile.MR, tile.NR),
            .. Some(Shapes / 2, () => random.Next(Routine.Gemm))]);
        Group<T>("Syrk", tag, [
            .. ShapeLists.SmallSyrk, .. ShapeLists.BlockSyrk<T>(tile.MR, tile.NR), .. Some(3 * Shapes / 5, () => random.Next(Routine.Syrk))]);
    }

    private static IEnumerable<BlasCase> Some(int count, Func<BlasCase> next, Func<BlasCase, bool>? wanted = null) =>
        Enumerable.Repeat(next, int.MaxValue).Select(make => make()).Where(wanted ?? (_ => true)).Take(count);

    private void Group<T>(string kernel, string tag, IEnumerable<BlasCase> calls)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        string name = kernel.StartsWith("tile", StringComparison.Ordinal) ? "tile" : kernel.StartsWith("plan", StringComparison.Ordinal) ? "plan tile" : kernel;
        file.WriteLine($"group {Array.IndexOf(Kernels, name)} {Array.IndexOf(Tags, tag)} {(isSingle ? 1 : 0)} {kernel}, {(isSingle ? "float" : "double")}, {tag}");
        foreach (BlasCase call in calls)
        {
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{call.M} {call.N} {call.K} {call.Alpha} {call.Beta} {(int)call.A} {(int)call.B} {(int)call.C} {(int)call.Triangle} {call.Seed}"));
        }
    }

    private struct TileVisitor<T> : IIsaVisitor<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int MR;
        public int NR;
        public int Lanes;

        public void Visit<TIsa, TVector>()
            where TIsa : struct, IIsa<T, TVector>
            where TVector : unmanaged
        {
            (MR, NR) = BlockEdges.TileOf<TIsa, T, TVector>();
            Lanes = TIsa.Count;
        }
    }
}
