namespace FastSensing.Tests.Operators;

/// <summary>The contract on diagonal measurements in double precision.</summary>
public class DiagonalOperatorDoubleContract : OperatorContract<DiagonalSource<double>, double>;
