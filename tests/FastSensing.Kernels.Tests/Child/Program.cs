using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// What the tests run in processes of their own: <c>isa</c> prints the dispatched tag, <c>guard-pages</c> is
/// <see cref="GuardPageRun"/>, <c>far</c> is <see cref="FarRun"/>, <c>jit</c> is <see cref="JitRun"/>,
/// <c>jit-plan</c> is <see cref="JitPlanRun"/>, <c>lane-cases</c> is <see cref="LaneCases"/>, <c>lane-code</c> is
/// <see cref="LaneCode"/>, <c>coverage</c> is <see cref="CoverageReport"/>. Anything else is an error.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["isa"]:
                Console.WriteLine(Isa.Name);
                return 0;
            case ["guard-pages", string tag, string type, string what, string placement, string seed]:
                return GuardPageRun.Execute(tag, type, what, placement, seed);
            case ["far", string tag, string type]:
                return FarRun.Execute(tag, type);
            case ["jit", string tag]:
                return JitRun.Execute(tag);
            case ["jit-plan", string tag]:
                return JitPlanRun.Execute(tag);
            case ["lane-cases", string path]:
                return LaneCases.Write(path);
            case ["lane-code", string listing, string folder]:
                return LaneCode.Run(listing, folder);
            case ["coverage", string folder]:
                return CoverageReport.Run(folder);
            default:
                Console.Error.WriteLine($"unknown arguments: {string.Join(' ', arguments)}");
                return 2;
        }
    }
}
