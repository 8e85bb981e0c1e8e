namespace FastSensing.Tests.Operators;

/// <summary>The contract on stored triangles in single precision.</summary>
public class SymmetricDenseOperatorSingleContract : OperatorContract<SymmetricDenseSource<float>, float>;
