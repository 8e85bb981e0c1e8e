namespace FastSensing.Tests.Operators;

/// <summary>The contract on an operator whose calls are counted.</summary>
public class CountingOperatorDoubleContract : OperatorContract<CountingSource<double>, double>;
