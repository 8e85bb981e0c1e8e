using System.Numerics;
using FastSensing.Cli.Output;
using FastSensing.Kernels;
using FastSensing.Native;

namespace FastSensing.Cli.BackEnds;

/// <summary>
/// Which BLAS a verb computes with: --blas, else FASTSENSING_BLAS, else C#. A native one is tried in a child process
/// first; when it is no good the user reads why, and C# serves.
/// </summary>
internal static class BackEndChoice
{
    public const string Managed = "managed";

    public const string Variable = "FASTSENSING_BLAS";

    /// <summary>The option's value or the variable's, checked.</summary>
    /// <exception cref="ToolException">Neither managed, nor a known name, nor an absolute path.</exception>
    public static string Resolve(string? option)
    {
        string? variable = Environment.GetEnvironmentVariable(Variable);
        (string source, string choice) = option is not null ? ("--blas", option)
            : string.IsNullOrWhiteSpace(variable) ? ("default", Managed) : (Variable, variable);
        return choice == Managed ? choice : Checked(choice, $"{source} is '{choice}'; it must be {Managed}, ");
    }

    /// <summary>A native back end, checked.</summary>
    public static string ResolveNative(string choice) => Checked(choice, $"'{choice}' is no native BLAS; it must be ");

    private static string Checked(string choice, string complaint)
    {
        try
        {
            NativeBlasLocator.Candidates(choice);
            return choice;
        }
        catch (ArgumentException)
        {
            throw new ToolException(ExitCode.Usage, $"{complaint}{string.Join(", ", NativeBlasLocator.Names)} or the absolute path of a library.");
        }
    }

    /// <summary>The chosen BLAS, ready to compute without allocating; C# when it is not usable within the time limit.</summary>
    public static IBlas<T> Create<T>(string choice, int threads, ToolConsole console, TimeSpan limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NativeBlasLibrary? library = choice == Managed ? null : Load(choice, threads, console, limit);
        if (library is not null)
        {
            NativeBlas<T> native = new(library);
            native.Prewarm();
            console.Say($"BLAS: {native.Name}, {library.Version}");
            return native;
        }

        ManagedBlas<T> managed = new(threads);
        managed.Prewarm();
        return managed;
    }

    private static NativeBlasLibrary? Load(string choice, int threads, ToolConsole console, TimeSpan limit)
    {
        string? fault = BackEndTrial.Run(choice, threads, limit).Fault;
        try
        {
            if (fault is null)
            {
                return NativeBlasLibrary.Load(choice, threads);
            }
        }
        catch (NativeBlasException unusable)
        {
            fault = unusable.Message;
        }

        console.Say($"BLAS '{choice}' is not usable, computing in C# instead: {fault}");
        return null;
    }
}
