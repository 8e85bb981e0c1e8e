using FastSensing.Kernels;
using FastSensing.Native;
using FastSensing.Operators;

namespace FastSensing.Tests.Architecture;

/// <summary>
/// The public surface of each library is the approved one. A change of it is a decision: run the test with
/// FASTSENSING_APPROVE_API=1 and let the review see the difference.
/// </summary>
public class PublicApiTests
{
    private const string Folder = "tests/FastSensing.Tests/Architecture/PublicApi";

    public static TheoryData<Type> Libraries => [typeof(IBlas<>), typeof(IMeasurementOperator<>), typeof(NativeBlas<>)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Surface_OfALibrary_IsTheApprovedOne(Type memberOfLibrary)
    {
        string name = memberOfLibrary.Assembly.GetName().Name!;
        string path = Path.Combine(Repository.Root, Folder, name + ".txt");
        string surface = PublicSurface.Of(memberOfLibrary.Assembly);
        if (Environment.GetEnvironmentVariable("FASTSENSING_APPROVE_API") == "1")
        {
            File.WriteAllText(path, surface);
        }

        Assert.Equal(Repository.Read($"{Folder}/{name}.txt").Split('\n'), surface.Split('\n'));
    }
}
