namespace FastSensing.Tests.Operators;

/// <summary>The contract on stored matrices in double precision.</summary>
public class DenseOperatorDoubleContract : OperatorContract<DenseSource<double>, double>;
