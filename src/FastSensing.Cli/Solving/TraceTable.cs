using System.Text;
using FastSensing.Cli.Output;
using FastSensing.IO;
using FastSensing.Solvers.Observers;

namespace FastSensing.Cli.Solving;

/// <summary>A trace as CSV: a header, then one line for each recorded iterate, all digits kept.</summary>
internal static class TraceTable
{
    public const string Header = "iteration,loss,relativeResidual,recoveryError,seconds,stepSize,damping";

    /// <summary>Writes the table and completes the file; the caller commits it.</summary>
    public static void Write(AtomicFile file, ReadOnlySpan<TracePoint> points)
    {
        using (StreamWriter writer = new(file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
        {
            writer.NewLine = "\n";
            writer.WriteLine(Header);
            foreach (TracePoint point in points)
            {
                writer.WriteLine(string.Join(
                    ',',
                    Figures.Exact(point.Progress.Iteration),
                    Figures.Exact(point.Progress.Loss),
                    Figures.Exact(point.Progress.RelativeResidual),
                    double.IsNaN(point.RecoveryError) ? string.Empty : Figures.Exact(point.RecoveryError),
                    Figures.Exact(point.Progress.Seconds),
                    Figures.Exact(point.Progress.StepSize),
                    Figures.Exact(point.Progress.Damping)));
            }
        }

        file.Complete();
    }
}
