namespace FastSensing.Kernels.Sensing;

/// <summary>Which of the three products a call computes: A(x), A*(z), or the residual and its adjoint in one pass.</summary>
internal enum SensingProduct
{
    Forward,
    Adjoint,
    ResidualAdjoint,
}
