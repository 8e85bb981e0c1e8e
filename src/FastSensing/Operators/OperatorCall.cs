using FastSensing.Kernels.Memory;

namespace FastSensing.Operators;

/// <summary>What one call of an operator reads and writes, for the one check that no output shares memory with anything else.</summary>
/// <remarks>What a call does not have is left out. Cost of the check: 18 comparisons of address ranges.</remarks>
internal readonly ref struct OperatorCall<T>
    where T : unmanaged
{
    /// <summary>L and R, or U twice.</summary>
    public FactorPair<T> At { get; init; }

    /// <summary>Read: y or z.</summary>
    public ReadOnlySpan<T> Input { get; init; }

    /// <summary>Written: y or the residual.</summary>
    public Span<T> Output { get; init; }

    /// <summary>Written: X, P or the gradient for L.</summary>
    public MatrixSpan<T> Left { get; init; }

    /// <summary>Written: Q or the gradient for R.</summary>
    public MatrixSpan<T> Right { get; init; }

    /// <summary>Written.</summary>
    public Span<T> Scratch { get; init; }

    /// <summary>Refuses outputs, scratch among them, that overlap an input or each other.</summary>
    /// <param name="routine">The member that was called, for the message.</param>
    public void RequireApart(string routine)
    {
        MatrixSpan<T> output = new(Output, Output.Length, 1);
        MatrixSpan<T> scratch = new(Scratch, Scratch.Length, 1);
        RequireApartFromInputs(routine, "y or the residual", output);
        RequireApartFromInputs(routine, "the output for L or X", Left);
        RequireApartFromInputs(routine, "the output for R", Right);
        RequireApartFromInputs(routine, "the scratch", scratch);
        Require(routine, "the output for L or X", Left, "y or the residual", output);
        Require(routine, "the output for R", Right, "y or the residual", output);
        Require(routine, "the output for R", Right, "the output for L or X", Left);
        Require(routine, "the scratch", scratch, "y or the residual", output);
        Require(routine, "the scratch", scratch, "the output for L or X", Left);
        Require(routine, "the scratch", scratch, "the output for R", Right);
    }

    private void RequireApartFromInputs(string routine, string name, MatrixSpan<T> written)
    {
        Require(routine, name, written, "L", At.Left);
        Require(routine, name, written, "R", At.Right);
        Require(routine, name, written, "the measurements", new ReadOnlyMatrixSpan<T>(Input, Input.Length, 1));
    }

    private static void Require(string routine, string name, MatrixSpan<T> written, string otherName, ReadOnlyMatrixSpan<T> other)
    {
        if (written.Overlaps(other))
        {
            throw new ArgumentException(
                $"{routine}: {name} overlaps {otherName}; what is written must not share memory with anything else.", nameof(written));
        }
    }
}
