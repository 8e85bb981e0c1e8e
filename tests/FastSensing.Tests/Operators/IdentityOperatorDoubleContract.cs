namespace FastSensing.Tests.Operators;

/// <summary>The contract on the identity in double precision.</summary>
public class IdentityOperatorDoubleContract : OperatorContract<IdentitySource<double>, double>;
