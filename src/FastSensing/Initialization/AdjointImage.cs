using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.Initialization;

/// <summary>
/// G = A*(y) / s^2 as a linear map (its symmetric part for symmetric problems): on average X itself, in the units of X.
/// Formed once as a matrix where that is of moderate size, otherwise seen through products only.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Blocks of vectors are passed as rows. Allocation: at construction only.</remarks>
internal sealed class AdjointImage<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to this many elements G is stored (32 MiB of doubles).</summary>
    private const long LargestStored = 1L << 22;

    private readonly IMeasurementOperator<T> _operator;
    private readonly MatrixStructure _structure;
    private readonly InverseSquare _inverseSquaredScale;
    private readonly int _width;
    private readonly AlignedBuffer<T> _memory;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _measurements;

    public AdjointImage(SensingProblem<T> problem, int width)
        : this(problem, width, LargestStored)
    {
    }

    internal AdjointImage(SensingProblem<T> problem, int width, long largestStored)
    {
        _operator = problem.Operator;
        _structure = problem.Structure;
        _inverseSquaredScale = InverseSquare.Of(_operator.ScaleFor(_structure));
        _width = width;
        IsStored = (long)_operator.Rows * _operator.Columns <= largestStored;
        long thin = (long)Scratch<T>.LengthOf(_operator.Rows, width) + Scratch<T>.LengthOf(_operator.Columns, width);
        _memory = new AlignedBuffer<T>(IsStored ? Scratch<T>.LengthOf(_operator.Rows, _operator.Columns) : OperatorShapes.RequireStorable(_operator, width, 2 * thin));
        _scratch = new AlignedBuffer<T>(_operator.ScratchLength(width));
        _measurements = IsStored ? [] : new T[_operator.MeasurementCount];
    }

    private bool IsStored { get; }

    /// <summary>Takes new measurements.</summary>
    public void Update(ReadOnlySpan<T> measurements)
    {
        if (!IsStored)
        {
            measurements.CopyTo(_measurements);
            return;
        }

        MatrixSpan<T> image = _memory.Matrix(_operator.Rows, _operator.Columns);
        _operator.Adjoint(measurements, image, _scratch.Span);
        for (int i = 0; i < image.Rows; i++)
        {
            DivideBySquaredScale(image.Row(i));
        }

        if (_structure == MatrixStructure.Symmetric)
        {
            SymmetricPart.Take(image);
        }
    }

    /// <summary>Row i of <paramref name="product"/> &#8592; G v_i, with v_i row i of <paramref name="vectors"/>.</summary>
    public void Multiply(MatrixSpan<T> vectors, MatrixSpan<T> product) => Apply(vectors, product, Side.Right);

    /// <summary>Row i of <paramref name="product"/> &#8592; G^T u_i, with u_i row i of <paramref name="vectors"/>.</summary>
    public void MultiplyTransposed(MatrixSpan<T> vectors, MatrixSpan<T> product) => Apply(vectors, product, Side.Left);

    public void Dispose()
    {
        _memory.Dispose();
        _scratch.Dispose();
    }

    private void Apply(MatrixSpan<T> vectors, MatrixSpan<T> product, Side side)
    {
        if (IsStored)
        {
            ReadOnlyMatrixSpan<T> image = _memory.Matrix(_operator.Rows, _operator.Columns);
            _operator.Blas.Gemm(T.One, vectors, side == Side.Right ? image.Transpose() : image, T.Zero, product);
            return;
        }

        Scratch<T> pieces = new(_memory.Span);
        MatrixSpan<T> left = pieces.TakeMatrix(_operator.Rows, _width);
        MatrixSpan<T> right = pieces.TakeMatrix(_operator.Columns, _width);
        MatrixSpan<T> productLeft = pieces.TakeMatrix(_operator.Rows, _width);
        MatrixSpan<T> productRight = pieces.TakeMatrix(_operator.Columns, _width);
        bool both = _structure == MatrixStructure.Symmetric;
        left.Fill(T.Zero);
        right.Fill(T.Zero);
        if (both || side == Side.Left)
        {
            vectors.Transpose().CopyTo(left);
        }

        if (both || side == Side.Right)
        {
            vectors.Transpose().CopyTo(right);
        }

        _operator.AdjointProducts(_measurements, new FactorPair<T>(left, right), productLeft, productRight, _scratch.Span);
        T half = T.CreateTruncating(0.5);
        MatrixSpan<T> one = side == Side.Right ? productLeft : productRight;
        for (int i = 0; i < product.Rows; i++)
        {
            for (int j = 0; j < product.Columns; j++)
            {
                product[i, j] = both ? half * (productLeft[j, i] + productRight[j, i]) : one[j, i];
            }

            DivideBySquaredScale(product.Row(i));
        }
    }

    private void DivideBySquaredScale(Span<T> x)
    {
        PowerOfTwo.Scale(x, 2 * _inverseSquaredScale.Exponent);
        Level1.Scal(T.CreateTruncating(_inverseSquaredScale.Rest), x);
    }

    private enum Side
    {
        Left,
        Right,
    }
}
