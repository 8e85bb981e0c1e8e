using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.IO;

/// <summary>Dense operators from files: <c>DenseOperator&lt;double&gt;.FromNpy("A.npy")</c>, read row by row into aligned memory.</summary>
public static class DenseOperatorFiles
{
    extension<T>(DenseOperator<T>)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The operator whose A_i are the slices of an array of shape (m, n1, n2).</summary>
        /// <param name="path">An npy file of any element type; T says what it is converted to.</param>
        /// <param name="blas">The dense routines; null for <see cref="ManagedBlas{T}"/>.</param>
        /// <remarks>Memory: the operator itself and 64 KiB; an array in Fortran order is first read whole.</remarks>
        /// <exception cref="InvalidDataException">A malformed file, another shape, a NaN or infinite element.</exception>
        public static DenseOperator<T> FromNpy(string path, IBlas<T>? blas = null)
        {
            using NpyReader reader = NpyFile.Open(path);
            return Read(reader, blas ?? new ManagedBlas<T>());
        }
    }

    /// <summary>Reads the rest of an array of shape (m, n1, n2).</summary>
    internal static DenseOperator<T> Read<T>(NpyReader reader, IBlas<T> blas, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireMatrices(reader);
        ReadOnlySpan<int> shape = reader.Header.Shape;
        return DenseOperator<T>.Fill(blas, shape[1], shape[2], shape[0], (index, slice) => ReadSlice(reader, index, slice, cancellation));
    }

    /// <summary>Reads the rest of an array of shape (m, n, n), of which the symmetric parts are kept.</summary>
    internal static SymmetricDenseOperator<T> ReadSymmetric<T>(NpyReader reader, IBlas<T> blas, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireMatrices(reader);
        ReadOnlySpan<int> shape = reader.Header.Shape;
        return shape[1] == shape[2]
            ? SymmetricDenseOperator<T>.Fill(blas, shape[1], shape[0], (index, slice) => ReadSlice(reader, index, slice, cancellation))
            : throw reader.Refuse($"its shape is {ArrayShape.Format(shape)}; a symmetric problem needs (m, n, n)");
    }

    private static void RequireMatrices(NpyReader reader)
    {
        ReadOnlySpan<int> shape = reader.Header.Shape;
        if (shape.Length != 3 || shape.Contains(0))
        {
            throw reader.Refuse($"its shape is {ArrayShape.Format(shape)}; (m, n1, n2) with lengths of at least 1 is needed");
        }
    }

    private static void ReadSlice<T>(NpyReader reader, int index, Span<T> slice, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        cancellation.ThrowIfCancellationRequested();
        reader.Read(slice);
        if (!Finite.All<T>(slice))
        {
            throw reader.Refuse($"measurement matrix {index} holds a NaN or an infinity");
        }
    }
}
