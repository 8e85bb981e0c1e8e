namespace FastSensing.Operators;

/// <summary>Writes one measurement matrix A_i.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="index">i, ascending from 0.</param>
/// <param name="destination">A_i by rows, n1 n2 elements, zero beforehand.</param>
public delegate void FillMeasurement<T>(int index, Span<T> destination);
