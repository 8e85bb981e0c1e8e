namespace FastSensing.Cli.Demo;

/// <summary>A row of the demo: the name, and the colour that the method has on the whole page.</summary>
/// <param name="Title">For tables and legends.</param>
/// <param name="Color">Index of a colour of the page.</param>
internal sealed record DemoMethod(string Title, int Color);
