using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Decompositions;

/// <summary>
/// The singular value decomposition of X = L R^T from its factors, never forming X, and with it the best approximation
/// of any rank, as balanced factors U_r sqrt(S_r), V_r sqrt(S_r).
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// L = U1 S1 Z1^T, then R Z1 S1 = U2 S Z2^T, so X = (U1 Z2) S U2^T. Cost: O((n1 + n2) k^2). For U U^T pass U twice.
/// Allocation: at construction only.
/// </remarks>
internal sealed class ProductSvd<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IBlas<T> _blas;
    private readonly T[] _memory;
    private readonly T[] _values;
    private readonly int _rows;
    private readonly int _columns;

    /// <summary>Takes the memory for n1 x k and n2 x k factors.</summary>
    public ProductSvd(IBlas<T> blas, int rows, int columns, int width)
    {
        _blas = blas;
        _rows = rows;
        _columns = columns;
        _values = new T[width];
        long length = (2L * Scratch<T>.LengthOf(width, rows)) + Scratch<T>.LengthOf(width, columns) + (2L * Scratch<T>.LengthOf(width, width));
        _memory = new T[length];
    }

    /// <summary>The singular values of X, descending; as many as the factors have columns.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>Row i is the i-th left singular vector.</summary>
    public MatrixSpan<T> Left => new Scratch<T>(_memory).TakeMatrix(_values.Length, _rows);

    /// <summary>Row i is the i-th right singular vector.</summary>
    public MatrixSpan<T> Right
    {
        get
        {
            Scratch<T> pieces = new(_memory);
            pieces.Take(_values.Length * _rows);
            return pieces.TakeMatrix(_values.Length, _columns);
        }
    }

    /// <summary>Decomposes L R^T.</summary>
    public void Decompose(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right)
    {
        int width = _values.Length;
        Scratch<T> pieces = new(_memory);
        MatrixSpan<T> leftRows = pieces.TakeMatrix(width, _rows);
        MatrixSpan<T> rightRows = pieces.TakeMatrix(width, _columns);
        MatrixSpan<T> vectors = pieces.TakeMatrix(width, _rows);
        MatrixSpan<T> first = pieces.TakeMatrix(width, width);
        MatrixSpan<T> second = pieces.TakeMatrix(width, width);
        left.Transpose().CopyTo(vectors);
        JacobiSvd.Decompose(vectors, _values, first);
        _blas.Gemm(T.One, first, right.Transpose(), T.Zero, rightRows);
        for (int i = 0; i < width; i++)
        {
            Level1.Scal(_values[i], rightRows.Row(i));
        }

        JacobiSvd.Decompose(rightRows, _values, second);
        _blas.Gemm(T.One, second, vectors, T.Zero, leftRows);
    }

    /// <summary>left &#8592; U_r sqrt(2^e S_r) and right &#8592; V_r sqrt(2^e S_r), with r their number of columns.</summary>
    public void CopyTo(MatrixSpan<T> left, MatrixSpan<T> right, int exponent = 0)
    {
        Copy(Left, left, exponent);
        Copy(Right, right, exponent);
    }

    private void Copy(MatrixSpan<T> rows, MatrixSpan<T> factor, int exponent)
    {
        for (int j = 0; j < factor.Columns; j++)
        {
            T weight = T.Sqrt(T.ScaleB(_values[j], exponent));
            for (int i = 0; i < factor.Rows; i++)
            {
                factor[i, j] = weight * rows[j, i];
            }
        }
    }
}
