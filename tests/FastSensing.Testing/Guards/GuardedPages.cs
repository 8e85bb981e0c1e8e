using System.ComponentModel;
using System.Runtime.InteropServices;
using FastSensing.Testing.Matrices;

namespace FastSensing.Testing.Guards;

/// <summary>
/// A block of elements between two pages that cannot be accessed, flush with the one that <see cref="Placement"/> names.
/// An access outside is a fault that no handler sees: use it in a child process.
/// </summary>
public sealed unsafe class GuardedPages<T> : IDisposable
    where T : unmanaged
{
    private readonly nint _base;
    private readonly nuint _bytes;
    private readonly T* _first;
    private readonly int _length;

    public GuardedPages(int length, Placement placement)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint inner = (((nuint)length * (nuint)sizeof(T)) + page - 1) / page * page;
        _bytes = inner + (2 * page);
        _base = PageApi.Reserve(_bytes);
        if (inner > 0)
        {
            PageApi.Open(_base + (nint)page, inner);
        }

        var opened = (byte*)_base + page;
        _first = placement == Placement.BeforeGuardPage ? (T*)(opened + inner) - length : (T*)opened;
        _length = length;
    }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(_first, _length);

    public void Dispose() => PageApi.Release(_base, _bytes);
}
