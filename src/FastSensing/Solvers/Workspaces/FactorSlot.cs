using System.Numerics;
using FastSensing.Operators;

namespace FastSensing.Solvers.Workspaces;

/// <summary>One iterate of a factor method with all that belongs to it, so that going back to it is a swap of slots.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Allocation: at construction only.</remarks>
internal sealed class FactorSlot<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IMeasurementOperator<T> _operator;
    private readonly MatrixStructure _structure;
    private readonly int _width;
    private FactorBuffer<T>? _trail;

    public FactorSlot(IMeasurementOperator<T> op, int width, MatrixStructure structure)
    {
        _operator = op;
        _structure = structure;
        _width = width;
        Factors = new FactorBuffer<T>(op, width, structure);
        Gradients = new FactorBuffer<T>(op, width, structure);
        Residual = new T[op.MeasurementCount];
    }

    public FactorBuffer<T> Factors { get; }

    /// <summary>A*(res) R and A*(res)^T L, times the power of two near 1 / s.</summary>
    public FactorBuffer<T> Gradients { get; }

    /// <summary>res = A(X) - y.</summary>
    public T[] Residual { get; }

    /// <summary>||res||, in the units of the workspace.</summary>
    public double ResidualNorm { get; set; }

    /// <summary>A number that a method keeps with an iterate; 0 at an initial point.</summary>
    public double Memory { get; set; }

    /// <summary>A second pair of factors that methods with momentum keep with an iterate.</summary>
    public FactorBuffer<T> Trail => _trail ?? throw new InvalidOperationException("The slot was made without a trail.");

    public bool HasTrail => _trail is not null;

    /// <summary>Makes room for the trail; at construction of a method.</summary>
    public void AddTrail() => _trail ??= new FactorBuffer<T>(_operator, _width, _structure);

    /// <summary>Saves or restores the iterate and all that belongs to it.</summary>
    public void Exchange(MethodState<T> state)
    {
        state.Array("factors", Factors.All);
        state.Array("gradients", Gradients.All);
        state.Array("residual", Residual);
        if (_trail is not null)
        {
            state.Array("trail", _trail.All);
        }

        (double norm, double memory) = (ResidualNorm, Memory);
        state.Number("residualNorm", ref norm);
        state.Number("memory", ref memory);
        (ResidualNorm, Memory) = (norm, memory);
    }

    public void Dispose()
    {
        Factors.Dispose();
        Gradients.Dispose();
        _trail?.Dispose();
    }
}
