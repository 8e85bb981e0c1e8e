using System.Globalization;
using System.Xml.Linq;

namespace FastSensing.Kernels.Tests.Child;

/// <summary>
/// Reads what the collector left of each leg (a folder of cobertura files below a folder named like the leg), and prints for
/// each the share of lines reached in every folder of the kernels, then the lines that no leg reached.
/// </summary>
internal static class CoverageReport
{
    public static int Run(string folder)
    {
        List<Dictionary<(string File, int Line), bool>> legs = [];
        foreach (string leg in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            Dictionary<(string File, int Line), bool> lines = Read(leg);
            Console.WriteLine($"== {Path.GetFileName(leg)}: {Share(lines.Values)} of the lines of the kernels");
            foreach (IGrouping<string, bool> part in lines.GroupBy(line => FolderOf(line.Key.File), line => line.Value).OrderBy(part => part.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"   {part.Key,-10} {Share(part)}");
            }

            PrintUnreached("   never reached: ", lines);
            legs.Add(lines);
        }

        if (legs.Count == 0 || legs.Any(leg => leg.Count == 0))
        {
            Console.Error.WriteLine($"{folder}: a leg left no coverage");
            return 1;
        }

        Console.WriteLine("== reached in no leg");
        PrintUnreached("   ", legs.SelectMany(leg => leg).GroupBy(line => line.Key).ToDictionary(line => line.Key, line => line.Any(leg => leg.Value)));
        return 0;
    }

    private static Dictionary<(string File, int Line), bool> Read(string leg)
    {
        Dictionary<(string File, int Line), bool> lines = [];
        foreach (string file in Directory.GetFiles(leg, "coverage.cobertura.xml", SearchOption.AllDirectories))
        {
            foreach (XElement type in XDocument.Load(file).Descendants("class"))
            {
                string source = type.Attribute("filename")!.Value.Replace('\\', '/');
                foreach (XElement line in type.Element("lines")!.Elements("line"))
                {
                    (string, int) key = (source, (int)line.Attribute("number")!);
                    lines[key] = lines.GetValueOrDefault(key) || (long)line.Attribute("hits")! > 0;
                }
            }
        }

        return lines;
    }

    private static void PrintUnreached(string head, Dictionary<(string File, int Line), bool> lines)
    {
        foreach (IGrouping<string, KeyValuePair<(string File, int Line), bool>> file in lines.GroupBy(line => line.Key.File).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            int[] missed = [.. file.Where(line => !line.Value).Select(line => line.Key.Line).Order()];
            if (missed.Length > 0)
            {
                Console.WriteLine($"{head}{file.Key}: {(missed.Length == file.Count() ? $"none of its {missed.Length} lines" : Ranges(missed))}");
            }
        }
    }

    /// <summary>"3, 7-9": ascending numbers, neighbours taken together.</summary>
    private static string Ranges(int[] numbers)
    {
        List<string> parts = [];
        for (int i = 0; i < numbers.Length;)
        {
            int last = i;
            while (last + 1 < numbers.Length && numbers[last + 1] == numbers[last] + 1)
            {
                last++;
            }

            parts.Add(last == i ? $"{numbers[i]}" : $"{numbers[i]}-{numbers[last]}");
            i = last + 1;
        }

        return string.Join(", ", parts);
    }

    private static string FolderOf(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.IndexOf('/', StringComparison.Ordinal)] : ".";

    private static string Share(IEnumerable<bool> reached)
    {
        bool[] all = [.. reached];
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * all.Count(each => each) / all.Length:f1} %");
    }
}
