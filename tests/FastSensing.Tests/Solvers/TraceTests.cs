using FastSensing.Solvers;
using FastSensing.Solvers.Observers;

namespace FastSensing.Tests.Solvers;

/// <summary>The recorder: first and last iterate always, evenly thinned in between.</summary>
public sealed class TraceTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Observe_AnyNumberOfIterates_KeepsTheFirstAndTheLastAndAStride(int capacity)
    {
        Trace<double> trace = new(capacity);
        for (int last = 0; last < 200; last++)
        {
            Record(trace, last);
            int[] iterations = [.. trace.Points.ToArray().Select(point => point.Progress.Iteration)];
            Assert.Equal(0, iterations[0]);
            Assert.Equal(last, iterations[^1]);
            Assert.True(iterations.Length <= capacity);
            for (int i = 1; i < iterations.Length - 1; i++)
            {
                Assert.Equal(i * trace.Stride, iterations[i]);
            }

            Assert.True(iterations.Length < 2 || iterations[^1] - iterations[^2] <= trace.Stride);
            Assert.True(last < capacity || iterations.Length >= capacity / 2, "thinning halves, it does not empty");
            Assert.All(trace.Points.ToArray(), point => Assert.Equal(point.Progress.Iteration + 0.5, point.Progress.Loss));
        }
    }

    [Fact]
    public void Observe_ASecondRun_ForgetsTheFirst()
    {
        Trace<double> trace = new(4);
        Record(trace, 100);
        Record(trace, 1);
        Assert.Equal(2, trace.Count);
        Assert.Equal(1, trace.Stride);
    }

    [Fact]
    public void Trace_OfFewerThanThreePoints_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Trace<double>(2));

    private static void Record(Trace<double> trace, int last)
    {
        for (int i = 0; i <= last; i++)
        {
            trace.Observe(new IterationInfo<double>(new IterationProgress(i, i + 0.5, 1, 0, 0, 0), default, default));
        }
    }
}
