using FastSensing.Kernels.Simd;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// What the tests run in processes of their own: <c>isa</c> prints the dispatched tag, <c>guard-pages</c> is
/// <see cref="GuardPageRun"/>, <c>far</c> is <see cref="FarRun"/>, <c>jit</c> is <see cref="JitRun"/>,
/// <c>jit-plan</c> is <see cref="JitPlanRun"/>. Anything else is an error.
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
            default:
                Console.Error.WriteLine($"unknown arguments: {string.Join(' ', arguments)}");
                return 2;
        }
    }
}
