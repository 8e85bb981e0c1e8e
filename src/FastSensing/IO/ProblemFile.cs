using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;
using FastSensing.Problems;

namespace FastSensing.IO;

/// <summary>
/// Problems in npz files. Dense: A of shape (m, n1, n2) and y of shape (m,). Samples of entries: rows, columns and
/// values of shape (m,) and shape, the two numbers n1 and n2. Either with the truth M of shape (n1, n2), if it is known.
/// </summary>
/// <remarks>Errors: <see cref="InvalidDataException"/>, one line with file, array and, where shapes disagree, both shapes.</remarks>
public static class ProblemFile
{
    /// <summary>The precision that loses nothing of what was measured: Float32 where A and y, or values, are float32; else Float64.</summary>
    /// <param name="path">The npz file.</param>
    /// <exception cref="InvalidDataException">Not a problem file.</exception>
    public static DType PrecisionOf(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        bool single = IsDense(file, path) ? IsSingle("A") && IsSingle("y") : IsSingle("values");
        return single ? DType.Float32 : DType.Float64;

        bool IsSingle(string name)
        {
            using NpyReader reader = file.OpenArray(name);
            return reader.Header.Type == DType.Float32;
        }
    }

    /// <summary>Reads a problem, converted to T.</summary>
    /// <param name="path">The npz file.</param>
    /// <param name="blas">The dense routines that the operator computes with.</param>
    /// <param name="structure">General, or Symmetric: then n1 = n2, and of the A_i the symmetric parts are kept, as triangles.</param>
    /// <param name="rank">Rank or factor width for the problem, where it is known.</param>
    /// <param name="cancellationToken">Ends the reading of a long A with <see cref="OperationCanceledException"/>.</param>
    public static StoredProblem<T> Read<T>(
        string path, IBlas<T> blas, MatrixStructure structure, int? rank = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using NpzFile file = NpzFile.Open(path);
        return IsDense(file, path) ? ReadDense(file, blas, structure, rank, cancellationToken) : ReadEntries(file, blas, structure, rank);
    }

    private static bool IsDense(NpzFile file, string path)
    {
        bool dense = file.Contains("A");
        if (dense && file.Contains("rows"))
        {
            throw new InvalidDataException($"{path}: it has both A and rows; a problem is either dense or made of entries.");
        }

        if (!dense && !file.Contains("rows"))
        {
            string present = file.Names.Count == 0 ? "no arrays" : string.Join(", ", file.Names);
            throw new InvalidDataException($"{path}: it has neither A (with y) nor rows (with columns, values and shape), but {present}.");
        }

        return dense;
    }

    private static StoredProblem<T> ReadDense<T>(
        NpzFile file, IBlas<T> blas, MatrixStructure structure, int? rank, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NpyArray<T> y = file.Read<T>("y");
        RequireFinite(y);
        IMeasurementOperator<T> op;
        using (NpyReader reader = file.OpenArray("A"))
        {
            ReadOnlySpan<int> shape = reader.Header.Shape;
            if (shape.Length == 3 && (y.Shape.Length != 1 || y.Shape[0] != shape[0]))
            {
                throw y.Refuse($"its shape is {y.ShapeText} and that of A is {ArrayShape.Format(shape)}; ({shape[0]},) is needed");
            }

            op = structure == MatrixStructure.Symmetric
                ? DenseOperatorFiles.ReadSymmetric(reader, blas, cancellation)
                : DenseOperatorFiles.Read(reader, blas, cancellation);
        }

        return Complete(file, op, y, structure, rank);
    }

    private static StoredProblem<T> ReadEntries<T>(NpzFile file, IBlas<T> blas, MatrixStructure structure, int? rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NpyArray<int> rows = file.Read<int>("rows");
        NpyArray<int> columns = file.Read<int>("columns");
        NpyArray<int> size = file.Read<int>("shape");
        NpyArray<T> values = file.Read<T>("values");
        if (size.Shape is not [2] || size.Elements.Span[0] < 1 || size.Elements.Span[1] < 1)
        {
            throw size.Refuse($"it should be two numbers of at least 1, n1 and n2; its shape is {size.ShapeText}");
        }

        if (rows.Shape is not [> 0])
        {
            throw rows.Refuse($"its shape is {rows.ShapeText}; (m,) with m of at least 1 is needed");
        }

        RequireSameShape(columns, rows);
        RequireSameShape(values, rows);
        RequireFinite(values);
        (int n1, int n2) = (size.Elements.Span[0], size.Elements.Span[1]);
        if (Math.Max(n1, n2) >= Array.MaxLength)
        {
            throw size.Refuse($"it is ({n1}, {n2}); a matrix has at most {Array.MaxLength - 1} rows or columns");
        }

        if (structure == MatrixStructure.Symmetric && n1 != n2)
        {
            throw size.Refuse($"it is ({n1}, {n2}); a symmetric problem needs (n, n)");
        }

        RequireInside(rows, n1, n1, n2);
        RequireInside(columns, n2, n1, n2);
        RequireOnce(rows, columns, n2);
        if (file.Contains("y") && !file.Read<T>("y").Elements.Span.SequenceEqual(values.Elements.Span))
        {
            throw values.Refuse("the file has an array y too, with other numbers; which are the measurements?");
        }

        EntrySamplingOperator<T> op = new(blas, n1, n2, rows.Elements.Span, columns.Elements.Span);
        return Complete(file, op, values, structure, rank);
    }

    private static StoredProblem<T> Complete<T>(NpzFile file, IMeasurementOperator<T> op, NpyArray<T> y, MatrixStructure structure, int? rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        try
        {
            ReadOnlyMemory<T>? truth = null;
            if (file.Contains("M"))
            {
                NpyArray<T> m = file.Read<T>("M");
                if (m.Shape.Length != 2 || m.Shape[0] != op.Rows || m.Shape[1] != op.Columns)
                {
                    throw m.Refuse($"its shape is {m.ShapeText} and the measurements are of a matrix of shape ({op.Rows}, {op.Columns})");
                }

                RequireFinite(m);
                truth = m.Elements;
            }

            return new StoredProblem<T>(new SensingProblem<T>(op, y.Elements, structure, rank), truth);
        }
        catch
        {
            (op as IDisposable)?.Dispose();
            throw;
        }
    }

    private static void RequireSameShape<TFirst, TSecond>(NpyArray<TFirst> array, NpyArray<TSecond> other)
        where TFirst : unmanaged, INumber<TFirst>
        where TSecond : unmanaged, INumber<TSecond>
    {
        if (!array.Shape.SequenceEqual(other.Shape))
        {
            throw array.Refuse($"its shape is {array.ShapeText} and that of rows is {other.ShapeText}; they must agree");
        }
    }

    private static void RequireFinite<T>(NpyArray<T> array)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = Finite.IndexOfOther(array.Elements.Span);
        if (index >= 0)
        {
            throw array.Refuse($"element {index} is {(T.IsNaN(array.Elements.Span[index]) ? "NaN" : "infinite")}; finite numbers are needed");
        }
    }

    private static void RequireInside(NpyArray<int> indices, int length, int rows, int columns)
    {
        ReadOnlySpan<int> values = indices.Elements.Span;
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)length)
            {
                throw indices.Refuse($"element {i} is {values[i]}, outside the matrix of shape ({rows}, {columns}) (indices start at 0)");
            }
        }
    }

    private static void RequireOnce(NpyArray<int> rows, NpyArray<int> columns, int width)
    {
        long[] places = new long[rows.Elements.Length];
        int[] order = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = ((long)rows.Elements.Span[i] * width) + columns.Elements.Span[i];
            order[i] = i;
        }

        Array.Sort(places, order);
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] == places[i - 1])
            {
                (int first, int second) = (Math.Min(order[i - 1], order[i]), Math.Max(order[i - 1], order[i]));
                throw rows.Refuse($"elements {first} and {second} are the same entry ({places[i] / width}, {places[i] % width}) of the matrix; each may be given once");
            }
        }
    }
}
