namespace FastSensing.Native.Cblas;

/// <summary>The enumerations of the C interface to BLAS, by their numbers.</summary>
internal enum CblasFlag
{
    RowMajor = 101,
    NoTranspose = 111,
    Transpose = 112,
    Upper = 121,
    Lower = 122,
    NonUnit = 131,
    Left = 141,
    Right = 142,
}
