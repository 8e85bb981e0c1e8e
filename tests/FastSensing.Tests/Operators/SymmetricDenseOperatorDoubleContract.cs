namespace FastSensing.Tests.Operators;

/// <summary>The contract on stored triangles in double precision.</summary>
public class SymmetricDenseOperatorDoubleContract : OperatorContract<SymmetricDenseSource<double>, double>;
