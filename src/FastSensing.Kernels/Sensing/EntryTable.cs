namespace FastSensing.Kernels.Sensing;

/// <summary>
/// Sampled entries of a matrix by rows (CSR), as the pointer cores see them: the entries of row i are those from
/// RowStart[i] to RowStart[i + 1], entry e lies in column Column[e] and is measurement number Order[e].
/// </summary>
internal unsafe struct EntryTable
{
    public int* RowStart;
    public int* Column;
    public int* Order;
    public int Rows;
    public int Columns;
}
