namespace FastSensing.Cli.Report;

/// <summary>Head, style and frame of a page; light and dark by the reader's own setting.</summary>
internal static class PageTemplate
{
    public static string Render(string sections, string isa) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>FastSensing: a matrix from fewer numbers than it has</title>
        <style>
        {{Style}}
        </style>
        </head>
        <body>
        <main>
        <header>
        <h1>A matrix from fewer numbers than it has</h1>
        <p>A matrix of low rank is described by far fewer numbers than it has entries, and can be recovered from few measurements.
        Each curve below is a method at work; the dashed line is the error of the best approximation of the given rank,
        which only somebody who knows the whole matrix can compute. Nothing is tuned. The single methods are told the rank;
        <b>Solve</b> is not: it holds some measurements back, lets them choose the rank, and then fits all of them.</p>
        </header>
        {{sections}}
        <footer>
        <p><b>Recovery error</b> is the distance to the original relative to its size, ‖X − M‖<sub>F</sub> / ‖M‖<sub>F</sub>;
        <b>of best</b> is its ratio to that of the best approximation. <b>Bytes per iteration</b> are those that the garbage collector
        ever hears of: the loops allocate nothing. The iterations of Solve are those of all its stages; its curve shows
        only the last two, on all measurements: a damped run with many columns, then one of the chosen rank.</p>
        <p>Computed in double precision on {{isa}} by <code>fastsensing demo</code>; one seed, no network, no script.
        The photograph "camera" is in the public domain (CC0).</p>
        </footer>
        </main>
        </body>
        </html>

        """;

    private const string Style = """
        :root { --paper: #fbfbf9; --ink: #1d2127; --soft: #5c6570; --line: #d9dbd7; --card: #ffffff;
          --s0: #c2410c; --s1: #0f766e; --s2: #1d4ed8; --s3: #7e22ce; --level: #767d86; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14171b; --ink: #e7e9ec; --soft: #a0a8b2; --line: #30363d; --card: #1b1f24;
            --s0: #fb923c; --s1: #2dd4bf; --s2: #7aa7ff; --s3: #d29bff; --level: #8f98a3; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.015em; text-wrap: balance; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .5rem; text-wrap: balance; }
        header p, section > p, footer p { max-width: 46rem; margin: 0 0 1rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.5rem; margin: 1.75rem 0; }
        footer, .count, figcaption span { color: var(--soft); }
        .pictures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.25rem 0 1.5rem; }
        figure { margin: 0; flex: 1 1 8.5rem; max-width: 12rem; }
        figure img { display: block; width: 100%; height: auto; image-rendering: pixelated; border-radius: .25rem; }
        figcaption { font-size: .85rem; line-height: 1.35; margin-top: .4rem; }
        figcaption b { font-weight: 600; }
        figcaption span { display: block; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .chart { display: block; width: 100%; max-width: 52rem; height: auto; margin: 0 0 1rem; font-size: 12px; }
        .chart text { fill: var(--soft); } .chart .title { fill: var(--ink); }
        .grid { stroke: var(--line); } .grid.fine { opacity: .45; } .tick { stroke: var(--soft); } .axis { fill: none; stroke: var(--soft); }
        line.reference { stroke: var(--level); stroke-width: 1.5; stroke-dasharray: 6 4; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .curve.c0 { stroke: var(--s0); } .curve.c1 { stroke: var(--s1); } .curve.c2 { stroke: var(--s2); } .curve.c3 { stroke: var(--s3); }
        .dot.c0, i.c0 { fill: var(--s0); background: var(--s0); } .dot.c1, i.c1 { fill: var(--s1); background: var(--s1); }
        .dot.c2, i.c2 { fill: var(--s2); background: var(--s2); } .dot.c3, i.c3 { fill: var(--s3); background: var(--s3); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .5rem; padding: 0; font-size: .9rem; }
        .legend i { display: inline-block; width: 1.1rem; height: .25rem; border-radius: 2px; margin-right: .45rem; vertical-align: middle; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .4rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { font-weight: 600; color: var(--soft); } th:first-child, td:first-child { text-align: left; padding-left: 0; }
        .best td { color: var(--soft); } .count { font-size: .85rem; margin: .75rem 0 0; }
        code { font-size: .9em; }
        """;
}
