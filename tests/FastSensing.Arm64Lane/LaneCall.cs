namespace FastSensing.Arm64Lane;

/// <summary>The arguments of any kernel, as the C harness lays them out (LANE_CALL in native/arm64-lane/lane.h, field by field).</summary>
internal unsafe struct LaneCall<T>
    where T : unmanaged
{
    public nint M;
    public nint N;
    public nint K;
    public T Alpha;
    public T Beta;
    public T Result;
    public T* A;
    public nint ARow;
    public nint AColumn;
    public T* B;
    public nint BRow;
    public nint BColumn;
    public T* C;
    public nint CRow;
    public nint CColumn;
    public T* D;
    public T* E;
    public T* Workspace;
    public int* Index0;
    public int* Index1;
    public int* Index2;
    public int Info;
}
