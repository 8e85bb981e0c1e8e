using System.Numerics;
using FastSensing.Decompositions;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;
using FastSensing.Sampling;

namespace FastSensing.Initialization;

/// <summary>
/// The leading singular triplets of A*(y) / s^2 (eigenpairs of its symmetric part for symmetric problems) by block
/// subspace iteration: an estimate of X from a single adjoint, and of its largest singular value.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Deterministic: a seeded start and a fixed number of rounds, so scaled data give the same decisions. The block has a
/// few columns more than asked for, which is what makes the rounds few. Allocation: at construction only.
/// </remarks>
internal sealed class SpectralEstimate<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rounds = 30;
    private const int ExtraColumns = 8;

    private readonly IMeasurementOperator<T> _operator;
    private readonly MatrixStructure _structure;
    private readonly AdjointImage<T> _image;
    private readonly NormalGenerator _generator;
    private readonly AlignedBuffer<T> _memory;
    private readonly T[] _values;
    private readonly int _block;

    public SpectralEstimate(SensingProblem<T> problem, int count, ulong seed)
    {
        _operator = problem.Operator;
        _structure = problem.Structure;
        _block = Math.Min(count + ExtraColumns, Math.Min(_operator.Rows, _operator.Columns));
        _image = new AdjointImage<T>(problem, _block);
        _generator = new NormalGenerator(seed);
        _values = new T[_block];
        long length = Scratch<T>.LengthOf(_block, _operator.Rows)
            + (2L * Scratch<T>.LengthOf(_block, _operator.Columns))
            + (2L * Scratch<T>.LengthOf(_block, _block));
        _memory = new AlignedBuffer<T>(OperatorShapes.RequireStorable(_operator, _block, length));
    }

    /// <summary>Singular values (or eigenvalues, which may be negative), descending.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>The largest magnitude among <see cref="Values"/>: sigma1 as the methods use it.</summary>
    public double Sigma1 =>
        Math.Max(double.CreateTruncating(T.Abs(_values[0])), double.CreateTruncating(T.Abs(_values[^1])));

    /// <summary>Row i is the i-th left singular vector (or eigenvector).</summary>
    public MatrixSpan<T> Left => _structure == MatrixStructure.Symmetric ? Pieces().Right : Pieces().Left;

    /// <summary>Row i is the i-th right singular vector (or eigenvector).</summary>
    public MatrixSpan<T> Right => Pieces().Right;

    /// <summary>Computes everything anew for the given measurements.</summary>
    public void Compute(ReadOnlySpan<T> measurements)
    {
        _image.Update(measurements);
        Blocks blocks = Pieces();
        for (int i = 0; i < _block; i++)
        {
            _generator.Normals((ulong)i * (ulong)_operator.Columns, blocks.Iterate.Row(i));
        }

        RowOperations.Orthonormalize(blocks.Iterate);
        for (int round = 0; round < Rounds; round++)
        {
            _image.Multiply(blocks.Iterate, blocks.Left);
            RowOperations.Orthonormalize(blocks.Left);
            _image.MultiplyTransposed(blocks.Left, blocks.Iterate);
            RowOperations.Orthonormalize(blocks.Iterate);
        }

        _image.Multiply(blocks.Iterate, blocks.Left);
        if (_structure == MatrixStructure.Symmetric)
        {
            _operator.Blas.Gemm(T.One, blocks.Left, blocks.Iterate.AsReadOnly().Transpose(), T.Zero, blocks.Projected);
            JacobiEvd.Decompose(blocks.Projected, _values, blocks.Rotations);
        }
        else
        {
            JacobiSvd.Decompose(blocks.Left, _values, blocks.Rotations);
        }

        _operator.Blas.Gemm(T.One, blocks.Rotations, blocks.Iterate, T.Zero, blocks.Right);
    }

    public void Dispose()
    {
        _image.Dispose();
        _memory.Dispose();
    }

    private Blocks Pieces()
    {
        Scratch<T> pieces = new(_memory.Span);
        return new Blocks
        {
            Left = pieces.TakeMatrix(_block, _operator.Rows),
            Iterate = pieces.TakeMatrix(_block, _operator.Columns),
            Right = pieces.TakeMatrix(_block, _operator.Columns),
            Projected = pieces.TakeMatrix(_block, _block),
            Rotations = pieces.TakeMatrix(_block, _block),
        };
    }

    private ref struct Blocks
    {
        public MatrixSpan<T> Left;
        public MatrixSpan<T> Iterate;
        public MatrixSpan<T> Right;
        public MatrixSpan<T> Projected;
        public MatrixSpan<T> Rotations;
    }
}
