using System.Numerics;
using FastSensing.Kernels;
using FastSensing.Kernels.Gemm;
using FastSensing.Kernels.Gemv;
using FastSensing.Kernels.Potrf;
using FastSensing.Kernels.Sensing;
using FastSensing.Kernels.Simd;
using FastSensing.Kernels.Trsm;

namespace FastSensing.Arm64Lane;

/// <summary>The table of the lane: the pointer cores of one tag, each behind the one signature that the harness calls.</summary>
internal static unsafe class LaneKernels<TIsa, T, TVector>
    where TIsa : struct, IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    public static int WorkspaceLength => GemmKernels<TIsa, T, TVector>.WorkspaceLength;

    public static delegate*<LaneCall<T>*, void> Find(LaneKernel kernel) => kernel switch
    {
        LaneKernel.Tile => &Tile,
        LaneKernel.PlanTile => &PlanTile,
        LaneKernel.GemmInPlace or LaneKernel.GemmPacked or LaneKernel.Gemm => &Gemm,
        LaneKernel.GemmThin => &Thin,
        LaneKernel.Syrk => &Syrk,
        LaneKernel.Trsm => &Trsm,
        LaneKernel.Potrf => &Potrf,
        LaneKernel.Gemv => &Gemv,
        LaneKernel.Dot => &Dot,
        LaneKernel.Axpy => &Axpy,
        LaneKernel.Scal => &Scal,
        LaneKernel.DenseForward => &DenseForward,
        LaneKernel.DenseAdjoint => &DenseAdjoint,
        LaneKernel.DenseFused => &DenseFused,
        LaneKernel.EntryForward => &EntryForward,
        LaneKernel.EntryAdjoint => &EntryAdjoint,
        LaneKernel.EntryFused => &EntryFused,
        _ => null,
    };

    private static void Tile(LaneCall<T>* call)
    {
        GemmPanel<T> panel = Panel(call);
        GemmKernels<TIsa, T, TVector>.RunPanel(ref panel);
    }

    /// <summary>A body as a plan calls it: one tile, or nine below each other.</summary>
    private static void PlanTile(LaneCall<T>* call)
    {
        nint tiles = call->M > GemmKernels<TIsa, T, TVector>.MR ? 9 : 1;
        bool isPlain = call->Alpha == T.One && call->Beta == T.Zero;
        bool adds = call->Alpha == T.One && call->Beta == T.One;
        delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> body =
            isPlain ? Body<OverwriteUpdate>(call, tiles) : adds ? Body<AddUpdate>(call, tiles) : Body<GeneralUpdate>(call, tiles);
        body(Panel(call), call->A, call->B, call->C, tiles, 1);
    }

    private static delegate*<in GemmPanel<T>, T*, T*, T*, nint, nint, void> Body<TUpdate>(LaneCall<T>* call, nint tiles)
        where TUpdate : unmanaged
    {
        nint registers = (call->N + TIsa.Count - 1) / TIsa.Count;
        PanelEdge edge = call->N % TIsa.Count == 0 ? PanelEdge.Whole : PanelEdge.Masked;
        return tiles == 1
            ? TileTable<TIsa, T, TVector, TUpdate, OneTile>.Find(call->M, registers, edge)
            : TileTable<TIsa, T, TVector, TUpdate, ManyTiles>.Find(call->M / tiles, registers, edge);
    }

    private static GemmPanel<T> Panel(LaneCall<T>* call) => new()
    {
        M = call->M,
        N = call->N,
        K = call->K,
        A = call->A,
        ARow = call->ARow,
        AColumn = call->AColumn,
        B = call->B,
        BRow = call->BRow,
        C = call->C,
        CRow = call->CRow,
        Alpha = call->Alpha,
        Beta = call->Beta,
    };

    /// <summary>Info says whether a workspace was asked for.</summary>
    private static void Gemm(LaneCall<T>* call) => Multiply(call, call->B, call->BRow, call->BColumn, GemmRegion.Full);

    private static void Syrk(LaneCall<T>* call) => Multiply(call, call->A, call->AColumn, call->ARow, GemmRegion.Lower);

    private static void Thin(LaneCall<T>* call)
    {
        GemmArguments<T> arguments = Product(call, call->B, call->BRow, call->BColumn);
        call->Info = GemmThin<TIsa, T, TVector>.Suits(arguments) ? 1 : 0;
        GemmThin<TIsa, T, TVector>.Run(arguments, call->Workspace);
    }

    private static void Multiply(LaneCall<T>* call, T* b, nint bRow, nint bColumn, GemmRegion region)
    {
        GemmArguments<T> arguments = Product(call, b, bRow, bColumn);
        if (!GemmKernels<TIsa, T, TVector>.TryRunInPlace(ref arguments, region))
        {
            call->Info = 1;
            GemmKernels<TIsa, T, TVector>.Run(arguments, region, call->Workspace);
        }
    }

    private static GemmArguments<T> Product(LaneCall<T>* call, T* b, nint bRow, nint bColumn) => new()
    {
        M = call->M,
        N = call->N,
        K = call->K,
        Alpha = call->Alpha,
        A = call->A,
        ARow = call->ARow,
        AColumn = call->AColumn,
        B = b,
        BRow = bRow,
        BColumn = bColumn,
        Beta = call->Beta,
        C = call->C,
        CRow = call->CRow,
        CColumn = call->CColumn,
    };

    private static void Trsm(LaneCall<T>* call)
    {
        TrsmArguments<T> arguments = new()
        {
            Triangle = call->K == 0 ? Triangle.Lower : Triangle.Upper,
            N = call->N,
            M = call->M,
            A = call->A,
            ARow = call->ARow,
            AColumn = call->AColumn,
            B = call->B,
            BRow = call->BRow,
            BColumn = call->BColumn,
        };
        TrsmDriver<TIsa, T, TVector>.Scale(arguments, call->Alpha);
        if (call->Alpha != T.Zero)
        {
            TrsmDriver<TIsa, T, TVector>.Run(arguments, call->Workspace);
        }
    }

    private static void Potrf(LaneCall<T>* call) =>
        call->Info = PotrfDriver<TIsa, T, TVector>.Run(call->N, call->A, call->ARow, call->AColumn, call->Workspace);

    private static void Gemv(LaneCall<T>* call) => GemvKernel<TIsa, T, TVector>.Run(new GemvArguments<T>
    {
        M = call->M,
        N = call->K,
        Alpha = call->Alpha,
        A = call->A,
        ARow = call->ARow,
        AColumn = call->AColumn,
        X = call->B,
        Beta = call->Beta,
        Y = call->C,
    });

    private static void Dot(LaneCall<T>* call) => call->Result = Level1Kernel<TIsa, T, TVector>.Dot(call->N, call->A, call->B);

    private static void Axpy(LaneCall<T>* call) => Level1Kernel<TIsa, T, TVector>.Axpy(call->N, call->Alpha, call->A, call->B);

    private static void Scal(LaneCall<T>* call) => Level1Kernel<TIsa, T, TVector>.Scal(call->N, call->Alpha, call->A);

    private static void DenseForward(LaneCall<T>* call) => DenseSensingCore<TIsa, T, TVector>.Forward(Rows(call), call->B, call->D);

    private static void DenseAdjoint(LaneCall<T>* call) => DenseSensingCore<TIsa, T, TVector>.Adjoint(Rows(call), call->C, call->E);

    private static void DenseFused(LaneCall<T>* call) =>
        call->Result = DenseSensingCore<TIsa, T, TVector>.ResidualAdjoint(Rows(call), call->B, call->C, call->D, call->E);

    private static void EntryForward(LaneCall<T>* call) => EntrySensingCore<TIsa, T, TVector>.Forward(Entries(call), Factors(call), call->D);

    private static void EntryAdjoint(LaneCall<T>* call) =>
        EntrySensingCore<TIsa, T, TVector>.Adjoint(Entries(call), Factors(call), call->C, Products(call));

    private static void EntryFused(LaneCall<T>* call) =>
        call->Result = EntrySensingCore<TIsa, T, TVector>.ResidualAdjoint(Entries(call), Factors(call), call->C, call->D, Products(call));

    private static RowTable<T> Rows(LaneCall<T>* call) => new(call->A, call->ARow, call->N, call->Index0, call->M);

    private static EntryTable Entries(LaneCall<T>* call) => new()
    {
        RowStart = call->Index0,
        Column = call->Index1,
        Order = call->Index2,
        Rows = (int)call->M,
        Columns = (int)call->N,
    };

    private static EntryFactors<T> Factors(LaneCall<T>* call) => new() { Left = call->A, Right = call->B, Width = call->K };

    private static EntryFactors<T> Products(LaneCall<T>* call) => new() { Left = call->E, Right = call->Workspace, Width = call->K };
}
