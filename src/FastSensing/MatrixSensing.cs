using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Problems;
using FastSensing.Solvers;
using FastSensing.Solvers.UnknownRank;

namespace FastSensing;

/// <summary>Low-rank matrix sensing in one line: from measurements to the matrix, without options.</summary>
public static class MatrixSensing
{
    /// <summary>Finds X = L R^T of low rank with A(X) = y.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="problem">The problem; a rank that it gives is used, otherwise the rank is chosen.</param>
    /// <param name="options">Tolerance, limits, observers; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the run early with the best factors so far.</param>
    /// <returns>
    /// Factors of the given or chosen rank. Converged means: the residual is below the tolerance, or the residual on
    /// held-out measurements has become flat at the level of the noise; any other status says that neither was reached.
    /// </returns>
    /// <remarks>
    /// <para>A tenth of the measurements, chosen by seed, is held out. On the others a damped run, ScaledGD(lambda), with
    /// more columns than needed starts from a small random point. Its best iterate, judged by the held-out measurements,
    /// is cut to each candidate rank and polished shortly; of the ranks that predict best within one standard error the
    /// smallest is chosen. Then the damped run is repeated on all measurements, cut to that rank and polished: to the
    /// tolerance when the data are exact, otherwise for as many steps as served the prediction best, for more would fit
    /// the noise or what is not of low rank in X.</para>
    /// <para>The polish is ScaledGD with a damping of a twentieth of sigma1 times the relative residual, which vanishes as
    /// the residual does.</para>
    /// <para>Cost: some 300 to 2,000 operator calls. Steps are halved where the residual rises. Allocation: workspaces of each stage; none per step.</para>
    /// <para>Reference: Xu, Shen, Chi, Ma, ICML 2023 (arXiv 2302.01186); Tong, Ma, Chi, JMLR 2021.</para>
    /// </remarks>
    public static SolveResult<T> Solve<T>(
        SensingProblem<T> problem, SolveOptions<T>? options = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new RecoveryRun<T>(problem, options ?? new SolveOptions<T>(), cancellationToken).Run();
    }

    /// <summary>||L R^T - M||_F / ||M||_F.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">L, n1 x k.</param>
    /// <param name="right">R, n2 x k.</param>
    /// <param name="truth">M, n1 x n2.</param>
    public static double RecoveryError<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, ReadOnlyMatrixSpan<T> truth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Diagnostics.RecoveryError.Of(left, right, truth);
}
