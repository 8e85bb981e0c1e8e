using System.Numerics;

namespace FastSensing.Kernels.Simd;

/// <summary>
/// The vocabulary of a kernel body: about a dozen one-line operations on the bare register type. An instruction set is
/// a tag type that signs this interface; bodies take the tag as a type argument, so that a body is written once.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TVector">Register type: Vector128/256/512 of T, or T itself.</typeparam>
/// <remarks>
/// All pointers may be unaligned. A mask from <see cref="Mask"/> covers 1..Count leading lanes; masked operations never
/// touch memory behind them. Bodies compute the mask themselves, once, so that it can stay in a mask register.
/// </remarks>
internal unsafe interface IIsa<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
{
    /// <summary>The tag's name as users see it.</summary>
    static abstract string Name { get; }

    /// <summary>Lanes per register.</summary>
    static abstract int Count { get; }

    /// <summary>True for 32 architectural registers, false for 16: chooses the tile bodies.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Create(T value);

    static abstract TVector Load(T* p);

    /// <summary>One element, in every lane.</summary>
    static abstract TVector Broadcast(T* p);

    /// <summary>One element as a factor of <see cref="MultiplyAddFactor"/>, in the lanes that the instruction takes it from.</summary>
    static abstract TVector LoadFactor(T* p);

    static abstract void Store(T* p, TVector v);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a b + c, fused where the hardware fuses.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>x b + c for the element x of a <see cref="LoadFactor"/>: the bits of <see cref="MultiplyAdd"/> with x in every lane.</summary>
    static abstract TVector MultiplyAddFactor(TVector x, TVector b, TVector c);

    /// <summary>c - a b, fused where the hardware fuses.</summary>
    static abstract TVector NegateMultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>All bits set in the first <paramref name="count"/> lanes, 1 &lt;= count &lt;= Count.</summary>
    static abstract TVector Mask(nint count);

    /// <summary>The masked lanes from memory, zero in the others.</summary>
    static abstract TVector LoadMasked(T* p, TVector mask);

    static abstract void StoreMasked(T* p, TVector mask, TVector v);

    /// <summary>The lower half of the lanes of one register and the upper half of those of another.</summary>
    static abstract TVector Halves(TVector lower, TVector upper);

    /// <summary>The halves of a register exchanged.</summary>
    static abstract TVector SwapHalves(TVector v);

    /// <summary>Asks for the cache line of p, any address; does nothing where there is no such instruction.</summary>
    static abstract void Prefetch(T* p);

    /// <summary>Transposes a block of 1..Count rows and 1..Count columns; source and target do not overlap.</summary>
    static abstract void Transpose(in TransposeBlock<T> block);

    /// <summary>The sum of the lanes, in a fixed order.</summary>
    static abstract T Sum(TVector v);

    /// <summary>The sums of the lanes of four registers, to sums[0..3]; in an order that may differ from that of Sum.</summary>
    static abstract void SumEach(TVector a, TVector b, TVector c, TVector d, T* sums);
}
