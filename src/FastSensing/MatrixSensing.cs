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
    /// Factors of the given or chosen rank. Converged means: the residual is at most the tolerance; or none was asked for
    /// and the fit is as good as the noise in y allows, for which held-out measurements and the residual itself must speak
    /// (below). Any other status says that neither was reached, and the Diagnosis why.
    /// </returns>
    /// <remarks>
    /// <para>A tenth of the measurements, chosen by seed, is held out. On the others a damped run, ScaledGD(lambda), with
    /// more columns than needed starts from a small random point. Its best iterate, judged by the held-out measurements,
    /// is cut to candidate ranks 1..width, each of which is polished shortly, those in front of a large gap of the
    /// singular values first. The first is taken that predicts to three digits with all its columns far above its error;
    /// where none does, the smallest of those that predict best within one standard error. Then, unless that rank fits
    /// and predicts to the default tolerance, one rank more is polished to its end and taken if it predicts better by
    /// more than one standard error, and so on. At last the damped run is repeated on all measurements, cut to that rank and polished: to
    /// the tolerance when the data are exact, otherwise for as many steps as served the prediction best, for more would
    /// fit the noise or what is not of low rank in X; or for the whole run, where that predicts as well within a third of
    /// a standard error.</para>
    /// <para>At the noise level means: more than half of the held-out energy is explained; held-out measurements are
    /// predicted about as well as those that were fitted, for their number; no larger rank predicts better; and the residual lies across
    /// the changes of the factors as noise does, so that it is not the steps that failed. With a given rank it is only
    /// noted whether one more would predict better: then the fit is not at the noise level. Nor is it where the rank is the
    /// width of the damped run and X may have more: one more could not be tried.</para>
    /// <para>Entry samples: (i, j) and (j, i) of a symmetric X are held out together, and a row or column keeps at least one
    /// entry. Where no measurement can be held out, the rank is the smallest that fits to the tolerance.</para>
    /// <para>The polish is ScaledGD with a damping of a twentieth of sigma1 times the relative residual, which vanishes as
    /// the residual does.</para>
    /// <para>Cost: some 500 to 2,000 operator calls, several thousand where A is far from isometric. Steps are halved where the residual rises. Allocation: workspaces of each stage; none per step.</para>
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
