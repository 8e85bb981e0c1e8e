namespace FastSensing.Kernels.Sensing;

/// <summary>Which of the three products with A a call computes.</summary>
internal enum DenseProduct
{
    Forward,
    Adjoint,
    ResidualAdjoint,
}
