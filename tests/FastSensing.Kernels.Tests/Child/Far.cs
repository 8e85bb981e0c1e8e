namespace FastSensing.Kernels.Tests.Child;

/// <summary>What of a matrix lies gigabytes apart.</summary>
internal enum Far
{
    Nothing,
    Rows,
    Columns,
}
