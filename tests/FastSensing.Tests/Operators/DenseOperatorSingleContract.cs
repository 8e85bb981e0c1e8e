namespace FastSensing.Tests.Operators;

/// <summary>The contract on stored matrices in single precision.</summary>
public class DenseOperatorSingleContract : OperatorContract<DenseSource<float>, float>;
