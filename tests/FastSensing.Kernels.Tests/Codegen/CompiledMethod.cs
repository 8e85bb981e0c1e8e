using System.Text.RegularExpressions;

namespace FastSensing.Kernels.Tests.Codegen;

/// <summary>One method of a listing of the JIT, with its loops.</summary>
internal sealed partial class CompiledMethod
{
    private readonly string[] _blocks;

    private CompiledMethod(string text)
    {
        Name = text[..text.IndexOf('\n', StringComparison.Ordinal)].TrimEnd();
        Text = text;
        _blocks = BlockStart().Split(text);
    }

    /// <summary>Type arguments, signature and optimisation level included.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>All methods of a listing.</summary>
    public static CompiledMethod[] Parse(string listing) =>
        [.. listing.Split("; Assembly listing for method ").Skip(1).Select(text => new CompiledMethod(text))];

    /// <summary>The loops in which multiply-adds are done and no smaller loop does them.</summary>
    public CompiledLoop[] MultiplyingLoops()
    {
        HashSet<int> taken = [];
        List<CompiledLoop> loops = [];
        foreach (SortedSet<int> body in NaturalLoops().OrderBy(body => body.Count))
        {
            var loop = new CompiledLoop(string.Join('\n', body.Select(block => _blocks[block])));
            if (loop.MultiplyAdds > 0 && !taken.Overlaps(body))
            {
                taken.UnionWith(body);
                loops.Add(loop);
            }
        }

        return [.. loops];
    }

    /// <summary>The blocks of each loop: those from which a jump back to its head can be reached without passing the head.</summary>
    private IEnumerable<SortedSet<int>> NaturalLoops()
    {
        List<int>[] before = Predecessors();
        for (int head = 1; head < _blocks.Length; head++)
        {
            SortedSet<int> loop = [head];
            foreach (int tail in before[head])
            {
                SortedSet<int> body = [head];
                Stack<int> open = new([tail]);
                while (open.TryPop(out int block))
                {
                    if (body.Add(block))
                    {
                        before[block].ForEach(open.Push);
                    }
                }

                // Where the beginning of the method is reached, the jump leads back in the text only.
                if (!body.Contains(0))
                {
                    loop.UnionWith(body);
                }
            }

            if (loop.Count > 1 || before[head].Contains(head))
            {
                yield return loop;
            }
        }
    }

    private List<int>[] Predecessors()
    {
        Dictionary<string, int> places = [];
        for (int block = 0; block < _blocks.Length; block++)
        {
            places[Label().Match(_blocks[block]).Value] = block;
        }

        List<int>[] before = Array.ConvertAll(_blocks, _ => new List<int>());
        for (int block = 0; block < _blocks.Length; block++)
        {
            foreach (Match jump in Jump().Matches(_blocks[block]))
            {
                before[places[jump.Groups["target"].Value]].Add(block);
            }

            if (block + 1 < _blocks.Length && !End().IsMatch(_blocks[block]))
            {
                before[block + 1].Add(block);
            }
        }

        return before;
    }

    [GeneratedRegex(@"\n(?=G_M\d+_IG\d+:)")]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^G_M\d+_IG\d+")]
    private static partial Regex Label();

    [GeneratedRegex(@"\sj[a-z]+\s+(SHORT )?(?<target>G_M\d+_IG\d+)")]
    private static partial Regex Jump();

    /// <summary>Nothing falls out of a block with one of these.</summary>
    [GeneratedRegex(@"^\s+(jmp|ret|int3)\b", RegexOptions.Multiline)]
    private static partial Regex End();
}
