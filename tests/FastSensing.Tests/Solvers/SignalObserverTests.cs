using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Observers;
using FastSensing.Solvers.StepSizes;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>The parts of the factors and the phases of a run, where they are known.</summary>
public sealed class SignalObserverTests
{
    private const int Rows = 9;
    private const int Columns = 8;
    private static readonly double[] U = SolverSetUps.Orthogonal(Rows, 1);
    private static readonly double[] V = SolverSetUps.Orthogonal(Columns, 2);
    private static readonly double[] Sigma = [2, 0.5];

    /// <summary>X* in two columns, a superfluous column of size e, an empty one, mixed by a rotation.</summary>
    [Fact]
    public void Parts_OfTheTruthAndASuperfluousColumn_AreItsSingularValueAndItsSize()
    {
        double[] rotation = SolverSetUps.Orthogonal(4, 3);
        double[] left = SolverSetUps.Product(Factor(U, Rows, tilt: 0, superfluous: 0.01), Rows, rotation, 4);
        double[] right = SolverSetUps.Product(Factor(V, Columns, tilt: 0, superfluous: 0.01), Columns, rotation, 4);
        SignalObserver<double> observer = Observe(left, right);
        Assert.Equal(Math.Sqrt(0.5), observer.Signal, 1e-13);
        Assert.Equal(0.01, observer.OverParameterisation, 1e-14);
        Assert.True(observer.Nuisance <= 1e-14 && observer.Misalignment <= 1e-13, $"{observer.Nuisance}, {observer.Misalignment}");
        Assert.Equal(RunPhase.Refinement, observer.Phase);
    }

    /// <summary>Columns turned out of the singular spaces by tan = t.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(3.0)]
    public void Parts_OfTiltedColumns_AreTheTilt(double tilt)
    {
        double[] rotation = SolverSetUps.Orthogonal(4, 3);
        double[] left = SolverSetUps.Product(Factor(U, Rows, tilt, superfluous: 0), Rows, rotation, 4);
        double[] right = SolverSetUps.Product(Factor(V, Columns, tilt, superfluous: 0), Columns, rotation, 4);
        SignalObserver<double> observer = Observe(left, right);
        Assert.Equal(Math.Sqrt(0.5), observer.Signal, 1e-13);
        Assert.Equal(tilt, observer.Misalignment, 1e-12);
        Assert.Equal(tilt * Math.Sqrt(2), observer.Nuisance, 1e-12);
        Assert.True(observer.OverParameterisation <= 1e-13);
        Assert.Equal(tilt < 0.5 ? RunPhase.Refinement : RunPhase.Alignment, observer.Phase);
    }

    [Fact]
    public void Signal_OfFewerColumnsThanTheRank_IsZero()
    {
        SignalObserver<double> observer = new(Truth().AsMatrix(Rows), 2, 1);
        observer.Observe(new IterationInfo<double>(default, SolverSetUps.Normals<double>(Rows, 1).AsMatrix(Rows), SolverSetUps.Normals<double>(Columns, 1).AsMatrix(Columns)));
        Assert.Equal(0.0, observer.Signal);
        Assert.Equal(double.PositiveInfinity, observer.Misalignment);
        Assert.Throws<ArgumentException>(() => new SignalObserver<double>(Truth().AsMatrix(Rows), 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalObserver<double>(Truth().AsMatrix(Rows), 9, 9));
    }

    /// <summary>
    /// From a tiny start and with A = Id, the stacked factors are multiplied by 1 + mu sigma_i a step: flat while they
    /// align, then growth by 1 + mu sigma_r, then contraction.
    /// </summary>
    [Theory]
    [InlineData(MatrixStructure.General)]
    [InlineData(MatrixStructure.Symmetric)]
    public void Phases_OfARunFromATinyStart_HaveTheBordersThatTheoryGives(MatrixStructure structure)
    {
        PlantedProblem<double> planted = SolverSetUps.Population(20, new PlantedOptions { Rank = 2, ConditionNumber = 2, Structure = structure });
        string name = structure == MatrixStructure.General ? "factorized-gradient-descent" : "symmetric-gradient-descent";
        const double mu = 0.1;
        using IIterativeMethod<double> method = SolverSetUps.Describe<double>(name).Create(
            planted.Problem, new MethodOptions { Width = 5, StepSize = new AbsoluteStepSize(mu), InitialScale = 1e-8 });
        SignalObserver<double> observer = new(planted.Truth, 2, 5);
        Trace<double> trace = new(2000, new RecoveryErrorObserver<double>(planted.Truth));
        Record record = new(observer);
        ObserverTests.Run(method, 700, observer, record, trace);
        (int aligned, int grown) = (observer.AlignedAt!.Value, observer.GrownAt!.Value);
        Assert.InRange(aligned, 5, grown - 100);
        Assert.True(trace.Points[aligned].RecoveryError > 0.999, "the loss is flat while the columns align");

        // sigma_1 arrives earlier; until the second direction is felt the growth is that of the linear map.
        for (int t = aligned + 30; t < grown - 60; t++)
        {
            Assert.InRange(record.Signals[t + 1] / record.Signals[t], 1 + (0.98 * mu * 0.5), 1 + (1.02 * mu * 0.5));
        }

        double expected = Math.Log(Math.Sqrt(0.25) / record.Signals[aligned]) / Math.Log(1 + (mu * 0.5));
        Assert.InRange((grown - aligned) / expected, 0.95, 1.2);
        Assert.InRange(trace.Points[grown].RecoveryError, 0.1, 0.5);
        Assert.True(trace.Points[^1].RecoveryError < 1e-3 * trace.Points[grown].RecoveryError);
        Assert.True(observer.OverParameterisation < 1e-5 && observer.Misalignment < 1e-3);
        Assert.Equal(RunPhase.Refinement, observer.Phase);
    }

    private static SignalObserver<double> Observe(double[] left, double[] right)
    {
        SignalObserver<double> observer = new(Truth().AsMatrix(Rows), 2, 4);
        observer.Observe(new IterationInfo<double>(default, left.AsMatrix(Rows), right.AsMatrix(Columns)));
        return observer;
    }

    /// <summary>Columns sqrt(sigma_i) (q_i + tilt q_(i+2)) for i = 0, 1, then superfluous q_4, then 0.</summary>
    private static double[] Factor(double[] orthogonal, int rows, double tilt, double superfluous) =>
    [
        .. Enumerable.Range(0, 4 * rows).Select(p =>
        {
            (int i, int j) = (p / 4, p % 4);
            double At(int column) => orthogonal[(i * rows) + column];
            return j < 2 ? Math.Sqrt(Sigma[j]) * (At(j) + (tilt * At(j + 2))) : j == 2 ? superfluous * At(4) : 0;
        }),
    ];

    private static double[] Truth()
    {
        double[] truth = new double[Rows * Columns];
        for (int i = 0; i < truth.Length; i++)
        {
            for (int c = 0; c < 2; c++)
            {
                truth[i] += Sigma[c] * U[(i / Columns * Rows) + c] * V[(i % Columns * Columns) + c];
            }
        }

        return truth;
    }

    private sealed class Record(SignalObserver<double> observer) : IIterationObserver<double>
    {
        public List<double> Signals { get; } = [];

        public ObserverVerdict Observe(in IterationInfo<double> info)
        {
            Signals.Add(observer.Signal);
            return ObserverVerdict.Continue;
        }
    }
}
