namespace FastSensing.Tests.Operators;

/// <summary>The contract on sampled entries in double precision.</summary>
public class EntrySamplingOperatorDoubleContract : OperatorContract<EntrySource<double>, double>;
