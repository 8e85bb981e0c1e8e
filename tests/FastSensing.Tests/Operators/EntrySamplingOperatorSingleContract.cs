namespace FastSensing.Tests.Operators;

/// <summary>The contract on sampled entries in single precision.</summary>
public class EntrySamplingOperatorSingleContract : OperatorContract<EntrySource<float>, float>;
