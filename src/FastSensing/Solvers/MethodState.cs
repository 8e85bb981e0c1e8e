using System.Numerics;
using System.Runtime.InteropServices;

namespace FastSensing.Solvers;

/// <summary>
/// Everything that the next steps of a method depend on, as named arrays and numbers: saved from one instance, restored
/// to another one of the same method, width and problem, which then continues with the same bits.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// A method lists its state once, in <see cref="IIterativeMethod{T}.Exchange"/>; the list is walked through for saving,
/// for checking (nothing is changed then) and for restoring. Options are no state: give the same ones for the same bits.
/// Allocation: at saving.
/// </remarks>
public sealed class MethodState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double LargestInteger = 1L << 53;
    private Pass _pass;
    private int _met;

    internal MethodState(string method) => Method = method;

    /// <summary>Name of the method whose state this is.</summary>
    public string Method { get; }

    /// <summary>Whether values now go from the method to the state.</summary>
    public bool IsSaving => _pass == Pass.Saving;

    /// <summary>Whether values now go from the state to the method: what is derived from them must be renewed.</summary>
    public bool IsRestoring => _pass == Pass.Restoring;

    internal OrderedDictionary<string, T[]> Arrays { get; } = new(StringComparer.Ordinal);

    internal OrderedDictionary<string, double> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Saves the state of a method that has an iterate.</summary>
    /// <param name="method">Initialised; it does not change.</param>
    /// <exception cref="InvalidOperationException">It has no initial point yet.</exception>
    public static MethodState<T> Of(IIterativeMethod<T> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        MethodState<T> state = new(method.Name);
        method.Exchange(state);
        return state;
    }

    /// <summary>Restores the state: right after it, a run starts from there and counts iterations on.</summary>
    /// <param name="method">Of the same name, width and measurements.</param>
    /// <exception cref="ArgumentException">It is not; nothing was changed.</exception>
    public void Restore(IIterativeMethod<T> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (method.Name != Method)
        {
            throw new ArgumentException($"The state is that of {Method}; this method is {method.Name}.", nameof(method));
        }

        Walk(method, Pass.Checking);
        Walk(method, Pass.Restoring);
    }

    /// <summary>An array that later steps read; its length is fixed by the method's options and problem.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="elements">All of it.</param>
    public void Array(string name, Span<T> elements)
    {
        switch (_pass)
        {
            case Pass.Saving:
                Arrays.Add(name, elements.ToArray());
                break;
            case Pass.Checking:
                Find(name, elements.Length);
                break;
            default:
                Arrays[name].CopyTo(elements);
                break;
        }
    }

    /// <summary>An array that must be the same, bit for bit, in the method to which the state is restored: its measurements.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="elements">All of it.</param>
    public void Same(string name, ReadOnlySpan<T> elements)
    {
        if (_pass == Pass.Saving)
        {
            Arrays.Add(name, elements.ToArray());
        }
        else if (_pass == Pass.Checking
            && !MemoryMarshal.AsBytes<T>(Find(name, elements.Length)).SequenceEqual(MemoryMarshal.AsBytes(elements)))
        {
            throw new ArgumentException($"The state has other {name} than the method: it is of another problem.");
        }
    }

    /// <summary>A number that must be the same in the method to which the state is restored.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="value">The number.</param>
    public void Same(string name, double value)
    {
        double stored = value;
        Number(name, ref stored);
        if (_pass == Pass.Checking && Find(name) != value)
        {
            throw new ArgumentException($"The state has {name} = {Find(name)}, the method {value}: it is of another problem.");
        }
    }

    /// <summary>A number that later steps read.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="value">The field that holds it.</param>
    public void Number(string name, ref double value)
    {
        switch (_pass)
        {
            case Pass.Saving:
                Numbers.Add(name, value);
                break;
            case Pass.Checking:
                Find(name);
                _met++;
                break;
            default:
                value = Numbers[name];
                break;
        }
    }

    /// <summary>A counter or an index, up to 2^53.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="value">The field that holds it.</param>
    public void Integer(string name, ref long value)
    {
        double number = value;
        Number(name, ref number);
        if (_pass == Pass.Checking && !(Math.Abs(Find(name)) <= LargestInteger && double.IsInteger(Find(name))))
        {
            throw new ArgumentException($"The state has {name} = {Find(name)}; it must be an integer.");
        }

        value = IsRestoring ? (long)number : value;
    }

    /// <summary>The same for a shorter one.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="value">The field that holds it.</param>
    public void Integer(string name, ref int value)
    {
        long number = value;
        Integer(name, ref number);
        if (_pass == Pass.Checking && Math.Abs(Find(name)) > int.MaxValue)
        {
            throw new ArgumentException($"The state has {name} = {Find(name)}, beyond the range of 32-bit integers.");
        }

        value = IsRestoring ? (int)number : value;
    }

    /// <summary>Something that is so or not.</summary>
    /// <param name="name">Each once.</param>
    /// <param name="value">The field that holds it.</param>
    public void Flag(string name, ref bool value)
    {
        long number = value ? 1 : 0;
        Integer(name, ref number);
        value = IsRestoring ? number != 0 : value;
    }

    /// <summary>The numbers of the current iterate; seconds are the driver's and count from the restoring on.</summary>
    /// <param name="value">The field that holds them.</param>
    public void Progress(ref IterationProgress value)
    {
        (int iteration, double loss, double residual, _, double step, double damping) = value;
        Integer("iteration", ref iteration);
        Number("loss", ref loss);
        Number("relativeResidual", ref residual);
        Number("stepSize", ref step);
        Number("damping", ref damping);
        value = IsRestoring ? new IterationProgress(iteration, loss, residual, 0, step, damping) : value;
    }

    private void Walk(IIterativeMethod<T> method, Pass pass)
    {
        try
        {
            (_pass, _met) = (pass, 0);
            method.Exchange(this);
            if (pass == Pass.Checking && _met != Arrays.Count + Numbers.Count)
            {
                throw new ArgumentException($"The state has {Arrays.Count + Numbers.Count} parts and the method needs {_met}.", nameof(method));
            }
        }
        finally
        {
            _pass = Pass.Saving;
        }
    }

    private T[] Find(string name, int length)
    {
        if (!Arrays.TryGetValue(name, out T[]? elements))
        {
            throw new ArgumentException($"The state has no array {name}.");
        }

        if (elements.Length != length)
        {
            throw new ArgumentException(
                $"The state has {elements.Length} elements of {name} and the method {length}: the widths of the factors or the problems differ.");
        }

        foreach (T element in elements)
        {
            if (T.IsNaN(element))
            {
                throw new ArgumentException($"The state has a NaN in {name}.");
            }
        }

        _met++;
        return elements;
    }

    private double Find(string name) =>
        Numbers.TryGetValue(name, out double value) ? value : throw new ArgumentException($"The state has no number {name}.");

    private enum Pass
    {
        Saving,
        Checking,
        Restoring,
    }
}
