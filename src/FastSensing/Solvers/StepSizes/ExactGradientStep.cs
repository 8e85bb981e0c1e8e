using System.Numerics;
using FastSensing.Kernels.Memory;
using FastSensing.Operators;
using FastSensing.Solvers.Workspaces;

namespace FastSensing.Solvers.StepSizes;

/// <summary>eta minimises ||a0 - t a1 + t^2 a2||^2 with a1 = A(P R^T + L Q^T) and a2 = A(P Q^T).</summary>
internal sealed class ExactGradientStep<T> : IGradientStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExactLineSearch _rule;
    private readonly FactorWorkspace<T> _work;
    private readonly AlignedBuffer<T> _left;
    private readonly AlignedBuffer<T> _right;
    private readonly AlignedBuffer<T> _scratch;
    private readonly T[] _linear;
    private readonly T[] _quadratic;

    public ExactGradientStep(ExactLineSearch rule, FactorWorkspace<T> work)
    {
        IMeasurementOperator<T> op = work.Problem.Operator;
        FactorWidth.RequireStorable(op, 2 * work.Width);
        _rule = rule;
        _work = work;
        _left = new AlignedBuffer<T>(Scratch<T>.LengthOf(op.Rows, 2 * work.Width));
        _right = new AlignedBuffer<T>(Scratch<T>.LengthOf(op.Columns, 2 * work.Width));
        _scratch = new AlignedBuffer<T>(op.ScratchLength(2 * work.Width));
        _linear = new T[op.MeasurementCount];
        _quadratic = new T[op.MeasurementCount];
    }

    public SolveStatus Descend()
    {
        IMeasurementOperator<T> op = _work.Problem.Operator;
        FactorSlot<T> here = _work.Here;
        MatrixSpan<T> left = _left.Matrix(op.Rows, 2 * _work.Width);
        MatrixSpan<T> right = _right.Matrix(op.Columns, 2 * _work.Width);
        PutSideBySide(here.Gradients.Left, here.Factors.Left, left);
        PutSideBySide(here.Factors.Right, here.Gradients.Right, right);
        op.Forward(new FactorPair<T>(left, right), _linear, _scratch.Span);
        op.Forward(new FactorPair<T>(here.Gradients.Left, here.Gradients.Right), _quadratic, _scratch.Span);
        LineQuartic quartic = LineQuartic.FromProducts(
            Sums.Dot<T>(here.Residual, here.Residual),
            Sums.Dot<T>(here.Residual, _linear),
            Sums.Dot<T>(here.Residual, _quadratic),
            Sums.Dot<T>(_linear, _linear),
            Sums.Dot<T>(_linear, _quadratic),
            Sums.Dot<T>(_quadratic, _quadratic));
        double longest = _work.Loss.ToGradientStep(_rule.StepFor(_work.Sigma1));
        return _work.DescendGradient(_work.Loss.FromGradientStep(quartic.Minimize(longest)));
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _scratch.Dispose();
    }

    private static void PutSideBySide(ReadOnlyMatrixSpan<T> first, ReadOnlyMatrixSpan<T> second, MatrixSpan<T> both)
    {
        for (int i = 0; i < both.Rows; i++)
        {
            Span<T> row = both.Row(i);
            for (int j = 0; j < first.Columns; j++)
            {
                row[j] = first[i, j];
                row[first.Columns + j] = second[i, j];
            }
        }
    }
}
