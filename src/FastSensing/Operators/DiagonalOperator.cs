using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>
/// y_i = sum_j D_ij X_jj: every A_i is the diagonal matrix of a row of D. All of them commute, which is where theory knows
/// the gradient flow of U U^T in closed form.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <para>Only the diagonal of X is measured, whatever m is. X need not be square: the diagonal has min(n1, n2) elements.</para>
/// <para>Cost of a gradient: 4 m min(n1, n2) + 2 (n1 + n2) k flops; no n1 x n2 matrix is formed but by
/// <see cref="Adjoint"/>. Sharable by threads. Dispose it after its last use and that of its selections, which share its
/// storage.</para>
/// </remarks>
public sealed class DiagonalOperator<T> : IMeasurementOperator<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseStorage<T> _storage;
    private readonly int[]? _selection;
    private readonly (T General, T Symmetric) _scale;

    /// <summary>The operator of given diagonals, copied.</summary>
    /// <param name="blas">The dense routines to compute with.</param>
    /// <param name="rows">n1 >= 1.</param>
    /// <param name="columns">n2 >= 1.</param>
    /// <param name="diagonals">D, m x min(n1, n2), finite.</param>
    /// <exception cref="ArgumentException">Another number of columns, or an element that is not finite.</exception>
    public DiagonalOperator(IBlas<T> blas, int rows, int columns, ReadOnlyMatrixSpan<T> diagonals)
    {
        ArgumentNullException.ThrowIfNull(blas);
        OperatorShapes.RequireSize(rows, columns, diagonals.Rows);
        if (diagonals.Columns != Math.Min(rows, columns))
        {
            throw new ArgumentException(
                $"D is {diagonals.Rows} x {diagonals.Columns}; the diagonal of a {rows} x {columns} matrix has {Math.Min(rows, columns)} elements.",
                nameof(diagonals));
        }

        Blas = blas;
        (Rows, Columns) = (rows, columns);
        _storage = new DenseStorage<T>(1, diagonals.Columns, diagonals.Rows);
        for (int i = 0; i < diagonals.Rows; i++)
        {
            diagonals.Slice(i, 0, 1, diagonals.Columns).CopyTo(new MatrixSpan<T>(_storage[i], 1, diagonals.Columns));
        }

        _scale = DenseScale.OfDiagonals(_storage, rows, columns, null);
    }

    private DiagonalOperator(DiagonalOperator<T> whole, int[] selection)
    {
        Blas = whole.Blas;
        (Rows, Columns) = (whole.Rows, whole.Columns);
        _storage = whole._storage;
        _selection = selection;
        _scale = DenseScale.OfDiagonals(_storage, Rows, Columns, selection);
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <inheritdoc/>
    public int MeasurementCount => _selection?.Length ?? _storage.Count;

    /// <inheritdoc/>
    public IBlas<T> Blas { get; }

    private int Length => Math.Min(Rows, Columns);

    /// <inheritdoc/>
    public T ScaleFor(MatrixStructure structure)
    {
        if (structure == MatrixStructure.General)
        {
            return _scale.General;
        }

        OperatorShapes.RequireSquare(this, nameof(ScaleFor));
        return _scale.Symmetric;
    }

    /// <inheritdoc/>
    public int ScratchLength(int width) =>
        OperatorShapes.RequireStorable(this, width, (long)Scratch<T>.LengthOf(Rows, width) + Scratch<T>.LengthOf(Length));

    /// <inheritdoc/>
    public void Forward(in FactorPair<T> at, Span<T> y, Span<T> scratch)
    {
        OperatorShapes.RequireForward(this, at, y, scratch);
        Span<T> diagonal = new Scratch<T>(scratch).Take(Length);
        for (int j = 0; j < diagonal.Length; j++)
        {
            T sum = T.Zero;
            for (int c = 0; c < at.Width; c++)
            {
                sum += at.Left[j, c] * at.Right[j, c];
            }

            diagonal[j] = sum;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Level1.Dot<T>(Measurement(i), diagonal);
        }
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<T> z, MatrixSpan<T> x, Span<T> scratch)
    {
        OperatorShapes.RequireAdjoint(this, z, x, scratch);
        Span<T> diagonal = Combine(z, scratch);
        x.Fill(T.Zero);
        for (int j = 0; j < diagonal.Length; j++)
        {
            x[j, j] = diagonal[j];
        }
    }

    /// <inheritdoc/>
    public void AdjointProducts(
        ReadOnlySpan<T> z, in FactorPair<T> at, MatrixSpan<T> productLeft, MatrixSpan<T> productRight, Span<T> scratch)
    {
        OperatorShapes.RequireAdjointProducts(this, at, z, productLeft, productRight, scratch);
        Span<T> diagonal = Combine(z, scratch);
        ScaleRows(diagonal, at.Right, productLeft);
        ScaleRows(diagonal, at.Left, productRight);
    }

    /// <inheritdoc/>
    /// <remarks>Shares the storage: it must not be used after this operator's <see cref="Dispose"/>.</remarks>
    public IMeasurementOperator<T> Select(ReadOnlySpan<int> measurements)
    {
        OperatorShapes.RequireSelection(measurements, MeasurementCount);
        return new DiagonalOperator<T>(this, OperatorShapes.Compose(_selection, measurements));
    }

    /// <summary>Releases the storage; does nothing for a selection, which only borrows it.</summary>
    public void Dispose()
    {
        if (_selection is null)
        {
            _storage.Dispose();
        }
    }

    private ReadOnlySpan<T> Measurement(int i) => _storage[_selection is null ? i : _selection[i]];

    /// <summary>D^T z, in scratch.</summary>
    private Span<T> Combine(ReadOnlySpan<T> z, Span<T> scratch)
    {
        Span<T> diagonal = new Scratch<T>(scratch).Take(Length);
        diagonal.Clear();
        for (int i = 0; i < z.Length; i++)
        {
            Level1.Axpy(z[i], Measurement(i), diagonal);
        }

        return diagonal;
    }

    private static void ScaleRows(ReadOnlySpan<T> diagonal, ReadOnlyMatrixSpan<T> factor, MatrixSpan<T> product)
    {
        product.Fill(T.Zero);
        for (int j = 0; j < diagonal.Length; j++)
        {
            for (int c = 0; c < factor.Columns; c++)
            {
                product[j, c] = diagonal[j] * factor[j, c];
            }
        }
    }
}
