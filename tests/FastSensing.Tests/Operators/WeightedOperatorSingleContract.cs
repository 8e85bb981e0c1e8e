namespace FastSensing.Tests.Operators;

/// <summary>The contract on weighted measurements in single precision.</summary>
public class WeightedOperatorSingleContract : OperatorContract<WeightedSource<float>, float>;
