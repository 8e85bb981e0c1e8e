namespace FastSensing.Tests.Operators;

/// <summary>The contract on the identity in single precision.</summary>
public class IdentityOperatorSingleContract : OperatorContract<IdentitySource<float>, float>;
