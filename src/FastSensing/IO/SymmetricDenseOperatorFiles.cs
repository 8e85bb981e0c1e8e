using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Operators;

namespace FastSensing.IO;

/// <summary>Symmetric dense operators from files: <c>SymmetricDenseOperator&lt;double&gt;.FromNpy("A.npy")</c>, read slice by slice.</summary>
public static class SymmetricDenseOperatorFiles
{
    extension<T>(SymmetricDenseOperator<T>)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The operator of the symmetric parts of the slices of an array of shape (m, n, n).</summary>
        /// <param name="path">An npy file of any element type; T says what it is converted to.</param>
        /// <param name="blas">The dense routines; null for <see cref="ManagedBlas{T}"/>.</param>
        /// <remarks>Memory: the operator itself, one slice and 64 KiB; an array in Fortran order is first read whole.</remarks>
        /// <exception cref="InvalidDataException">A malformed file, another shape, a NaN or infinite element.</exception>
        public static SymmetricDenseOperator<T> FromNpy(string path, IBlas<T>? blas = null)
        {
            using NpyReader reader = NpyFile.Open(path);
            return DenseOperatorFiles.ReadSymmetric(reader, blas ?? new ManagedBlas<T>());
        }
    }
}
