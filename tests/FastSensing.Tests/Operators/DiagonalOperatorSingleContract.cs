namespace FastSensing.Tests.Operators;

/// <summary>The contract on diagonal measurements in single precision.</summary>
public class DiagonalOperatorSingleContract : OperatorContract<DiagonalSource<float>, float>;
