using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Testing.Matrices;

namespace FastSensing.Tests.Operators;

/// <summary>How every operator behaves: refusals, allocation, NaN, selections, many threads.</summary>
public abstract class OperatorEdgeContract<TSource, T>
    where TSource : IOperatorSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rows = 6;
    private const int Width = 3;
    private const int Wanted = 12;

    private static int Columns => TSource.IsSquareOnly ? Rows : 5;

    [Fact]
    public void Members_AfterConstruction_AllocateNothing()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Rows, Wanted), Width);
        using TestMatrix<T> x = new(Rows, Rows);
        void CallAll()
        {
            trial.Forward();
            trial.Operator.Adjoint(trial.Y.Vector, x.View, trial.Scratch);
            trial.AdjointProducts();
            trial.LossAndGradient();
            trial.LossAndMatrixGradient(x.View);
            trial.SymmetricLossAndGradient();
            trial.Operator.ScaleFor(MatrixStructure.Symmetric);
            trial.Operator.ScratchLength(Width);
        }

        CallAll();
        Assert.Equal(0, Allocated(CallAll));
    }

    [Fact]
    public void Select_ThatAllocates_IsSeenByTheCounter()
    {
        using OperatorCase<T> subject = TSource.Create(Rows, Columns, Wanted);
        Assert.True(Allocated(() => subject.Operator.Select([0])) > 0);
    }

    [Fact]
    public void Select_SomeMeasurements_PicksThemInTheGivenOrder()
    {
        using OperatorCase<T> whole = TSource.Create(Rows, Columns, Wanted);
        int[] first = [7, 0, 11, 3, 5, 9];
        int[] second = [4, 1, 2];
        IMeasurementOperator<T> selected = whole.Operator.Select(first).Select(second);
        double[][] matrices = [.. second.Select(i => whole.Naive.Matrices[first[i]])];
        using OperatorTrial<T> trial = new(new OperatorCase<T>(selected, new NaiveSensing(matrices, Rows, Columns)), Width);
        Assert.Equal(3, selected.MeasurementCount);
        trial.Forward();
        trial.AssertForward();
        double loss = double.CreateChecked(trial.LossAndGradient());
        trial.AssertResidual(trial.Right.ToDoubles());
        trial.AssertProducts(trial.Residual.ToDoubles());
        trial.AssertLoss(0.5, loss);
        Assert.Equal(trial.Naive.GeneralScale(), double.CreateChecked(selected.ScaleFor(MatrixStructure.General)), 6);
    }

    [Fact]
    public void Select_NoMeasurement_IsAnOperatorOfNone()
    {
        using OperatorCase<T> whole = TSource.Create(Rows, Columns, Wanted);
        IMeasurementOperator<T> none = whole.Operator.Select([]);
        using OperatorTrial<T> trial = new(new OperatorCase<T>(none, new NaiveSensing([], Rows, Columns)), Width);
        Assert.Equal(0, none.MeasurementCount);
        Assert.Equal(T.Zero, trial.LossAndGradient());
        Assert.All(trial.GradientLeft.ToDoubles(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Select_IndexOutsideOrTwice_IsRefused()
    {
        using OperatorCase<T> whole = TSource.Create(Rows, Columns, Wanted);
        int count = whole.Operator.MeasurementCount;
        Assert.Contains($"{count}", Assert.ThrowsAny<ArgumentException>(() => whole.Operator.Select([0, count])).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => whole.Operator.Select([-1]));
        Assert.Contains("3", Assert.ThrowsAny<ArgumentException>(() => whole.Operator.Select([3, 1, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LossAndGradient_NaNInY_ReachesLossAndResidual()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Rows, Wanted), Width);
        trial.Y.Vector[4] = T.NaN;
        Assert.True(T.IsNaN(trial.LossAndGradient()));
        Assert.True(T.IsNaN(trial.Residual.Vector[4]));
        Assert.False(T.IsNaN(trial.Residual.Vector[3]));
        Assert.True(T.IsNaN(trial.SymmetricLossAndGradient()));
    }

    [Fact]
    public void LossAndGradient_Twice_GivesTheSameBits()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Columns, Wanted), Width);
        T loss = trial.LossAndGradient();
        T[] left = trial.GradientLeft.Save();
        trial.GradientLeft.View.Fill(T.NaN);
        trial.PoisonScratch();
        Assert.Equal(loss, trial.LossAndGradient());
        trial.GradientLeft.AssertUnchanged(left, "the gradient of the second call");
    }

    [Fact]
    public void LossAndGradient_ManyThreadsWithOneOperator_GiveTheBitsOfOne()
    {
        using OperatorCase<T> shared = TSource.Create(17, TSource.IsSquareOnly ? 17 : 13, 60);
        (T Loss, T[] Left, T[] Right) alone = Evaluate(shared);
        (T Loss, T[] Left, T[] Right)[] results = new (T, T[], T[])[64];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => results[i] = Evaluate(shared));
        foreach ((T Loss, T[] Left, T[] Right) result in results)
        {
            Assert.Equal(alone.Loss, result.Loss);
            Assert.Equal(alone.Left, result.Left);
            Assert.Equal(alone.Right, result.Right);
        }
    }

    /// <summary>One argument of each call wrong in turn; the message must name both sizes, and no output may be written.</summary>
    [Fact]
    public void Members_DisagreeingShapes_ThrowAndWriteNothing()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Columns, Wanted), Width);
        IMeasurementOperator<T> op = trial.Operator;
        T[] y = new T[op.MeasurementCount + 1];
        using TestMatrix<T> bad = new(Rows + 1, Width);
        using TestMatrix<T> narrow = new(Columns, Width - 1);
        using TestMatrix<T> x = new(Columns, Rows + 1);
        string count = $"{op.MeasurementCount}";
        Refused(trial, () => op.Forward(new(bad.View, trial.Right.View), trial.Residual.Vector, trial.Scratch), "7 x 3", "6 x 3");
        Refused(trial, () => op.Forward(new(trial.Left.View, narrow.View), trial.Residual.Vector, trial.Scratch), $"{Columns} x 2", $"{Columns} x 3");
        Refused(trial, () => op.Forward(trial.At, y, trial.Scratch), count, $"{y.Length}");
        Refused(trial, () => op.Adjoint(y, trial.Left.View, trial.Scratch), count, $"{y.Length}");
        Refused(trial, () => op.Adjoint(trial.Y.Vector, x.View, trial.Scratch), $"{Columns} x 7", $"6 x {Columns}");
        Refused(
            trial, () => op.AdjointProducts(trial.Y.Vector, trial.At, bad.View, trial.GradientRight.View, trial.Scratch), "7 x 3", "6 x 3");
        Refused(
            trial, () => op.AdjointProducts(y, trial.At, trial.GradientLeft.View, trial.GradientRight.View, trial.Scratch), count, $"{y.Length}");
        Refused(
            trial,
            () => op.LossAndGradient(trial.At, y, trial.Residual.Vector, trial.GradientLeft.View, trial.GradientRight.View, trial.Scratch),
            count,
            $"{y.Length}");
        Refused(
            trial,
            () => op.LossAndGradient(trial.At, trial.Y.Vector, y, trial.GradientLeft.View, trial.GradientRight.View, trial.Scratch),
            count,
            $"{y.Length}");
        Refused(
            trial,
            () => op.LossAndGradient(
                trial.At, trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, narrow.View, trial.Scratch),
            $"{Columns} x 2",
            $"{Columns} x 3");
        Refused(trial, () => op.LossAndMatrixGradient(trial.At, trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, trial.Scratch), "6 x 3", $"6 x {Columns}");
        if (!TSource.IsSquareOnly)
        {
            Refused(
                trial,
                () => op.SymmetricLossAndGradient(trial.Left.View, trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, trial.Scratch),
                "6 x 5",
                "square");
            Refused(trial, () => op.ScaleFor(MatrixStructure.Symmetric), "6 x 5", "square");
        }
    }

    /// <summary>An output over an input, or over another output, in turn; neither outputs nor inputs may be written.</summary>
    [Fact]
    public void Members_OverlappingOutputs_ThrowAndWriteNothing()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Rows, Wanted), Width);
        IMeasurementOperator<T> op = trial.Operator;
        int m = op.MeasurementCount;
        T[] arena = [.. Enumerable.Repeat(T.NaN, (2 * m) + trial.Scratch.Length)];
        T[] square = new T[m + (Rows * Rows)];
        void Refuse(Action call) => RefusedOverlap(trial, arena, call);

        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, trial.Residual.Vector, trial.Left.View, trial.GradientRight.View, trial.Scratch));
        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, trial.Right.View, trial.Scratch));
        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, trial.GradientLeft.View, trial.Scratch));
        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, trial.Y.Vector, trial.GradientLeft.View, trial.GradientRight.View, trial.Scratch));
        Refuse(() => op.LossAndGradient(trial.At, arena.AsSpan(0, m), arena.AsSpan(m - 1, m), trial.GradientLeft.View, trial.GradientRight.View, trial.Scratch));
        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, arena.AsSpan(0, m), trial.GradientLeft.View, trial.GradientRight.View, arena.AsSpan(m - 1)));
        Refuse(() => op.LossAndGradient(trial.At, arena.AsSpan(0, m), trial.Residual.Vector, trial.GradientLeft.View, trial.GradientRight.View, arena.AsSpan(m - 1)));
        Refuse(() => op.LossAndGradient(trial.At, trial.Y.Vector, trial.Residual.Vector, In(arena), trial.GradientRight.View, arena));
        Refuse(() => op.LossAndGradient(new(In(arena), trial.Right.View), trial.Y.Vector, trial.Residual.Vector, trial.GradientLeft.View, trial.GradientRight.View, arena));
        Refuse(() => op.SymmetricLossAndGradient(trial.Left.View, trial.Y.Vector, trial.Residual.Vector, trial.Left.View, trial.Scratch));
        Refuse(() => op.SymmetricLossAndGradient(trial.Left.View, trial.Y.Vector, trial.Residual.Vector, In(arena), arena));
        Refuse(() => op.SymmetricLossAndGradient(trial.Left.View, trial.Y.Vector, trial.Y.Vector, trial.GradientLeft.View, trial.Scratch));
        Refuse(() => op.LossAndMatrixGradient(trial.At, trial.Y.Vector, trial.Y.Vector, new MatrixSpan<T>(square.AsSpan(m), Rows, Rows), trial.Scratch));
        Refuse(() => op.LossAndMatrixGradient(trial.At, arena.AsSpan(0, m), trial.Residual.Vector, new MatrixSpan<T>(arena.AsSpan(m - 1), Rows, Rows), trial.Scratch));
        Refuse(() => op.AdjointProducts(trial.Y.Vector, trial.At, trial.Left.View, trial.GradientRight.View, trial.Scratch));
        Refuse(() => op.AdjointProducts(trial.Y.Vector, trial.At, trial.GradientLeft.View, trial.GradientLeft.View, trial.Scratch));
        Refuse(() => op.AdjointProducts(arena.AsSpan(0, m), trial.At, trial.GradientLeft.View, trial.GradientRight.View, arena.AsSpan(m - 1)));
        Refuse(() => op.Forward(new(In(arena), trial.Right.View), arena.AsSpan(0, m), trial.Scratch));
        Refuse(() => op.Forward(trial.At, arena.AsSpan(0, m), arena.AsSpan(m - 1)));
        Refuse(() => op.Adjoint(square.AsSpan(0, m), new MatrixSpan<T>(square.AsSpan(m - 1), Rows, Rows), trial.Scratch));
    }

    [Fact]
    public void LossAndGradient_ThroughTheDefaults_RefusesOverlapsToo()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Rows, Wanted), Width);
        RefusedOverlap(trial, [], () => OperatorDefaults.LossAndGradient(
            trial.Operator, trial.At, trial.Y.Vector, trial.Residual.Vector, trial.Left.View, trial.GradientRight.View, trial.Scratch));
        RefusedOverlap(trial, [], () => OperatorDefaults.SymmetricLossAndGradient(
            trial.Operator, trial.Left.View, trial.Y.Vector, trial.Y.Vector, trial.GradientLeft.View, trial.Scratch));
    }

    /// <summary>Blocks of columns of one wide matrix share its address range, but no element.</summary>
    [Fact]
    public void LossAndGradient_FactorsAndGradientsInOneWideMatrix_IsNoOverlap()
    {
        using OperatorTrial<T> trial = new(TSource.Create(Rows, Rows, Wanted), Width);
        T loss = trial.LossAndGradient();
        T[] wide = new T[Rows * 4 * Width];
        MatrixSpan<T> whole = new(wide, Rows, 4 * Width);
        trial.Left.View.CopyTo(whole.Slice(0, 0, Rows, Width));
        trial.Right.View.CopyTo(whole.Slice(0, Width, Rows, Width));
        FactorPair<T> at = new(whole.Slice(0, 0, Rows, Width), whole.Slice(0, Width, Rows, Width));
        T again = trial.Operator.LossAndGradient(
            at,
            trial.Y.Vector,
            trial.Residual.Vector,
            whole.Slice(0, 2 * Width, Rows, Width),
            whole.Slice(0, 3 * Width, Rows, Width),
            trial.Scratch);
        Assert.Equal(double.CreateChecked(loss), double.CreateChecked(again), double.CreateChecked(loss) * trial.Gamma);
    }

    private static MatrixSpan<T> In(T[] arena) => new(arena.AsSpan(0, Rows * Width), Rows, Width);

    private static void RefusedOverlap(OperatorTrial<T> trial, T[] arena, Action call)
    {
        T[] inputs = [.. trial.Left.Save(), .. trial.Right.Save(), .. trial.Y.Save()];
        Refused(trial, call, "overlaps");
        T[] after = [.. trial.Left.Save(), .. trial.Right.Save(), .. trial.Y.Save()];
        Assert.Equal<T>(inputs, after);
        Assert.All(arena.Concat(trial.Scratch), value => Assert.True(T.IsNaN(value)));
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (T Loss, T[] Left, T[] Right) Evaluate(OperatorCase<T> shared)
    {
        // Not disposed: the trial would take the shared operator with it.
        OperatorTrial<T> trial = new(shared, Width);
        T loss = trial.LossAndGradient();
        return (loss, trial.GradientLeft.Save(), trial.GradientRight.Save());
    }

    private static void Refused(OperatorTrial<T> trial, Action call, params string[] messageParts)
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(call);
        Assert.All(messageParts, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
        Assert.All(trial.Residual.Save().Concat(trial.GradientLeft.Save()).Concat(trial.GradientRight.Save()), v => Assert.True(T.IsNaN(v)));
    }
}
