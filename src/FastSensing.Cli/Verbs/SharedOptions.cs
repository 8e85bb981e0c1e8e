using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FastSensing.Cli.BackEnds;
using FastSensing.Kernels.Threading;
using FastSensing.Native;

namespace FastSensing.Cli.Verbs;

/// <summary>Options that several verbs have, and the checks of their values.</summary>
internal static class SharedOptions
{
    public static Option<string> Precision(string ifOmitted)
    {
        Option<string> option = new("--precision") { Description = $"fp64 or fp32. {ifOmitted}", HelpName = "fp64|fp32" };
        AcceptOnly(option, "fp64", "fp32");
        return option;
    }

    /// <summary>Refuses any other value, in words that name the option, and completes these.</summary>
    public static void AcceptOnly(Option<string> option, params string[] values)
    {
        option.CompletionSources.Add(values);
        option.Validators.Add(OneOf(option.Name, values));
    }

    /// <summary>The name of a file, which is not empty.</summary>
    public static Option<string> FileName(string name, string helpName, string description)
    {
        Option<string> option = new(name) { Description = description, HelpName = helpName };
        option.Validators.Add(NotEmpty(name));
        return option;
    }

    /// <summary>The same as an argument.</summary>
    public static Argument<string> FileArgument(string name, string description)
    {
        Argument<string> argument = new(name) { Description = description };
        argument.Validators.Add(NotEmpty(name));
        return argument;
    }

    public static Cli.Precision ToPrecision(string? text) => text switch
    {
        "fp64" => Cli.Precision.Double,
        "fp32" => Cli.Precision.Single,
        _ => Cli.Precision.AsStored,
    };

    public static Option<string> Blas() => new("--blas")
    {
        Description = $"BLAS to compute with: {BackEndChoice.Managed} (C#), {string.Join(", ", NativeBlasLocator.Names)}, or the absolute path of a library; "
            + $"a native one is tried in a child process first. Default: {BackEndChoice.Variable}, else {BackEndChoice.Managed}.",
        HelpName = "NAME|PATH",
    };

    /// <summary>Threads of the BLAS.</summary>
    public static Option<int?> Threads(string description) => Integer("--threads", 1, description, WorkerTeam.LargestSize);

    public static Option<bool> Json() => new("--json") { Description = "The result as one JSON object on stdout." };

    public static Option<ulong> Seed()
    {
        Option<ulong> option = new("--seed") { Description = "Seed of everything random. Default 0.", HelpName = "N" };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                result.AddError($"--seed is '{text}'; it must be an integer of at least 0.");
            }

            return value;
        };
        return option;
    }

    /// <summary>An integer of at least <paramref name="minimum"/> and at most <paramref name="maximum"/>.</summary>
    public static Option<int?> Integer(string name, int minimum, string description, int maximum = int.MaxValue)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) || value < minimum)
            {
                result.AddError($"{name} is '{text}'; it must be an integer of at least {minimum}.");
            }
            else if (value > maximum)
            {
                result.AddError($"{name} is '{text}'; it must be at most {maximum}.");
            }

            return value;
        };
        return option;
    }

    /// <summary>A finite number, positive or also zero.</summary>
    public static Option<double?> Number(string name, Sign sign, string description)
    {
        Option<double?> option = new(name) { Description = description, HelpName = "X" };
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)
                || value < 0 || (value == 0 && sign == Sign.Positive))
            {
                result.AddError($"{name} is '{text}'; it must be a finite number {(sign == Sign.Positive ? "above 0" : "of at least 0")}.");
            }

            return value;
        };
        return option;
    }

    private static Action<SymbolResult> OneOf(string name, string[] values) => result =>
    {
        if (result.Tokens is [{ Value: string value }] && !values.Contains(value))
        {
            result.AddError($"{name} is '{value}'; it must be {string.Join(" or ", values)}.");
        }
    };

    private static Action<SymbolResult> NotEmpty(string name) => result =>
    {
        if (result.Tokens is [{ Value: string value }] && string.IsNullOrWhiteSpace(value))
        {
            result.AddError($"{name} is '{value}'; it must be the name of a file.");
        }
    };
}
