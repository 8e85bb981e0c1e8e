using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.Methods;
using FastSensing.Solvers.Stopping;

namespace FastSensing.Tests.Solvers;

/// <summary>The units of A and of y change nothing, for every method of the catalog and far beyond where squares stay in range.</summary>
public abstract class ScaleContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string> Names => [.. MethodCatalog<T>.All.Select(method => method.Name)];

    /// <summary>Methods whose A has units; entries of X have none to change.</summary>
    public static TheoryData<string> OfAnyOperator => [.. MethodCatalog<T>.All.Where(method => !method.NeedsEntries).Select(method => method.Name)];

    /// <summary>Relative accuracy to which results agree that differ by rounding only.</summary>
    protected abstract double RoundingBound { get; }

    /// <summary>Data times 2^e and 2^-e are to give the same bits.</summary>
    protected abstract int ExactExponent { get; }

    /// <summary>The method is still to converge for A and y times 2^e and 2^-e.</summary>
    protected abstract int FarthestOperatorExponent { get; }

    /// <summary>The method is still to converge for y times 2^e and 2^-e.</summary>
    protected abstract int FarthestMeasurementExponent { get; }

    [Theory]
    [MemberData(nameof(OfAnyOperator))]
    public void Run_WithDataScaledByAPowerOfTwo_GivesTheSameBits(string name)
    {
        SensingProblem<T> problem = SolverSetUps.Easy(SolverSetUps.Describe<T>(name)).Problem;
        foreach (int exponent in new[] { -7, 5, -ExactExponent, ExactExponent })
        {
            T c = T.ScaleB(T.One, exponent);
            SolverSetUps.AssertSameBits(problem.FactorsAfter(name, 30), problem.Scaled(c).FactorsAfter(name, 30));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithMeasurementsScaledByAPowerOfFour_GivesTheSameBitsTimesItsRoot(string name)
    {
        SensingProblem<T> problem = SolverSetUps.Easy(SolverSetUps.Describe<T>(name)).Problem;
        T[] expected = problem.FactorsAfter(name, 30);
        foreach (int exponent in new[] { -6, 4, -ExactExponent, ExactExponent })
        {
            T c = T.ScaleB(T.One, exponent);
            SensingProblem<T> scaled = problem.WithMeasurements(Array.ConvertAll(problem.Measurements.ToArray(), value => value * c));
            T[] actual = scaled.FactorsAfter(name, 30);
            SolverSetUps.AssertSameBits(Array.ConvertAll(expected, value => T.ScaleB(value, exponent / 2)), actual);
        }
    }

    /// <summary>Squares of y, or of A, are far outside the range of T here; y is not, nor is X.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Run_WithDataWhoseSquaresLeaveTheRange_Converges(string name)
    {
        PlantedProblem<T> planted = SolverSetUps.Easy(SolverSetUps.Describe<T>(name));
        SensingProblem<T> problem = planted.Problem.WithRank(2);
        foreach (int sign in new[] { -1, 1 })
        {
            T c = T.ScaleB(T.One, sign * FarthestMeasurementExponent);
            T[] measurements = Array.ConvertAll(problem.Measurements.ToArray(), value => value * c);
            AssertRecovers(name, problem.WithMeasurements(measurements), Array.ConvertAll(planted.Truth.Elements(), value => value * c));
            if (!SolverSetUps.Describe<T>(name).NeedsEntries)
            {
                AssertRecovers(name, problem.Scaled(T.ScaleB(T.One, sign * FarthestOperatorExponent)), planted.Truth.Elements());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Residual_OfAMisfitWhoseSquareUnderflows_IsNotZero(string name)
    {
        T misfit = T.ScaleB(T.One, -FarthestMeasurementExponent);
        T[] measurements = [T.One, T.Zero, T.Zero, misfit];
        SensingProblem<T> problem = new(
            new IdentityOperator<T>(new ManagedBlas<T>(), 2, 2), measurements, SolverSetUps.Describe<T>(name).Structure);
        using IIterativeMethod<T> method = SolverSetUps.Describe<T>(name).Create(problem, new MethodOptions { Width = 1 });
        T[] exactButForTheMisfit = [T.One, T.Zero];
        method.InitializeAt(exactButForTheMisfit.AsMatrix(2), exactButForTheMisfit.AsMatrix(2));
        Assert.Equal(double.CreateTruncating(misfit), method.Current.Progress.RelativeResidual);
    }

    private static void AssertRecovers(string name, SensingProblem<T> problem, T[] truth)
    {
        using IIterativeMethod<T> method = SolverSetUps.Describe<T>(name).Create(problem, null);
        SolveResult<T> result = Solver.Run(method, new StopAfterIterations(1000) | new StopWhenResidualBelow(1e-4));
        Assert.Equal(SolveStatus.Converged, result.Status);
        double error = MatrixSensing.RecoveryError(result.Left, result.Right, truth.AsMatrix(problem.Operator.Rows));
        Assert.True(error <= 1e-3 && error > 0, $"recovery error {error}");
    }
}
