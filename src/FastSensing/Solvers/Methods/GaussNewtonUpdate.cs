namespace FastSensing.Solvers.Methods;

/// <summary>How <see cref="GaussNewtonMatrixRecovery{T}"/> goes on from the minimum-norm solution of its linearised problem.</summary>
public enum GaussNewtonUpdate
{
    /// <summary>The change of the factors of least norm is added to them.</summary>
    Updating,

    /// <summary>The factors are replaced by those of least norm that solve the linearised problem.</summary>
    Setting,
}
