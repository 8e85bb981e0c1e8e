using System.Reflection;
using FastSensing.Decompositions;
using FastSensing.IO;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Cli.Demo;

/// <summary>The three problems of the demo, from the two matrices embedded in the tool. None of them is exactly of low rank.</summary>
internal sealed class DemoCases : IDisposable
{
    private const int Side = 64;
    private readonly ManagedBlas<double> _blas;
    private readonly List<IDisposable> _operators = [];
    private readonly ulong _seed;

    public DemoCases(ulong seed, int threads)
    {
        _seed = seed;
        _blas = new ManagedBlas<double>(threads);
        _blas.Prewarm();
    }

    /// <summary>Half as many Gaussian measurements as pixels.</summary>
    public DemoCase PhotographFromMixtures()
    {
        DenseOperator<double> op = Gaussian(2048, _seed);
        return Make(op, Load("camera_64.npy"), MatrixStructure.General, 8) with
        {
            Title = "A photograph from 2,048 random mixtures of its 4,096 pixels",
            Text = "Every measurement is one number: the sum of all pixels, each times a Gaussian random weight. "
                + "There are half as many of them as pixels, and no pixel was ever seen by itself. "
                + "A matrix of rank 8 has 960 degrees of freedom, so a low-rank matrix is determined by so few numbers; "
                + "the photograph is only close to one, and what it has beyond rank 8 acts as noise.",
        };
    }

    /// <summary>A third of the pixels.</summary>
    public DemoCase PhotographFromPixels()
    {
        double[] camera = Load("camera_64.npy");
        EntrySamples samples = EntrySamples.Uniform(Side, Side, Side * Side / 3, MatrixStructure.General, _seed + 1);
        EntrySamplingOperator<double> op = new(_blas, Side, Side, samples.Rows, samples.Columns);
        double[] sampled = new double[Side * Side];
        Array.Fill(sampled, double.NaN);
        for (int i = 0; i < samples.Rows.Length; i++)
        {
            int place = (samples.Rows[i] * Side) + samples.Columns[i];
            sampled[place] = camera[place];
        }

        return Make(op, camera, MatrixStructure.General, 8) with
        {
            Title = "The photograph from a third of its pixels",
            Text = "Now 1,365 pixels are known and the other 2,731 are not. At 1.4 measurements per degree of freedom of rank 8 "
                + "this is close to the limit of what can work, and a method that fits every known pixel at rank 8 fits noise: "
                + "a smaller rank, chosen on pixels that were held back, predicts the unknown ones better.",
            Sampled = sampled,
        };
    }

    /// <summary>Fewer symmetric measurements than half of the unknowns.</summary>
    public DemoCase Covariance()
    {
        DenseOperator<double> op = Gaussian(780, _seed + 2);
        return Make(op, Load("camera_patch_covariance_64.npy"), MatrixStructure.Symmetric, 5) with
        {
            Title = "A covariance from 780 measurements of its 2,080 unknowns",
            Text = "The covariance of the 8 × 8 patches of the photograph, a symmetric positive semidefinite matrix whose singular values fall over "
                + "many orders of magnitude. Methods for X = U Uᵀ use the symmetry; one that factors X = L Rᵀ must find "
                + "4,096 unknowns in the same 780 numbers. Plain gradient descent finds the large singular values and then crawls; "
                + "preconditioned steps find the small ones as fast as the large.",
        };
    }

    public void Dispose()
    {
        _operators.ForEach(op => op.Dispose());
        _blas.Dispose();
    }

    private static double[] Load(string name)
    {
        Assembly tool = typeof(DemoCases).Assembly;
        Stream stream = tool.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        return NpyFile.Read<double>(stream, name).Elements.ToArray();
    }

    private static DemoCase Make(IMeasurementOperator<double> op, double[] truth, MatrixStructure structure, int rank)
    {
        ReadOnlyMatrixSpan<double> matrix = new(truth, Side, Side);
        double[] best = new double[truth.Length];
        double error = BestApproximation.Compute(matrix, rank, new MatrixSpan<double>(best, Side, Side));
        return new DemoCase
        {
            Title = string.Empty,
            Text = string.Empty,
            Problem = new SensingProblem<double>(op, PlantedProblem<double>.Measure(op, matrix), structure),
            Truth = truth,
            Rank = rank,
            Best = best,
            Yardstick = error,
        };
    }

    private DenseOperator<double> Gaussian(int count, ulong seed)
    {
        DenseOperator<double> op = DenseOperator<double>.Gaussian(_blas, Side, Side, count, seed);
        _operators.Add(op);
        return op;
    }
}
