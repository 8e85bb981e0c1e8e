namespace FastSensing.Kernels.Tests.Contracts;

/// <summary>What <see cref="FaultyBlas{T}"/> does wrong.</summary>
public enum Fault
{
    OneElementSlightlyOff,
    OneElementNaN,
    ReadsOldOutput,
    IgnoresAlphaZero,
    WritesBehindTheOutput,
    WritesToAnInput,
    AcceptsOverlap,
    WritesOtherTriangle,
    LosesNaN,
    SpreadsNaN,
    WrongInfo,
}
