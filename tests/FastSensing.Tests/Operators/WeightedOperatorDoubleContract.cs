namespace FastSensing.Tests.Operators;

/// <summary>The contract on weighted measurements in double precision.</summary>
public class WeightedOperatorDoubleContract : OperatorContract<WeightedSource<double>, double>;
