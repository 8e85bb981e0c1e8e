using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastSensing.Cli.Output;

/// <summary>One JSON object, written property by property; numbers that JSON does not have become null.</summary>
internal sealed class Json : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _writer;

    public Json()
    {
        _writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _writer.WriteStartObject();
    }

    public Json Add(string name, string? value)
    {
        _writer.WriteString(name, value);
        return this;
    }

    public Json Add(string name, long? value)
    {
        if (value is long number)
        {
            _writer.WriteNumber(name, number);
        }
        else
        {
            _writer.WriteNull(name);
        }

        return this;
    }

    public Json Add(string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            _writer.WriteNumber(name, number);
        }
        else
        {
            _writer.WriteNull(name);
        }

        return this;
    }

    public Json Add(string name, bool value)
    {
        _writer.WriteBoolean(name, value);
        return this;
    }

    /// <summary>A nested object.</summary>
    public Json Add(string name, Action<Json> content)
    {
        _writer.WriteStartObject(name);
        content(this);
        _writer.WriteEndObject();
        return this;
    }

    /// <summary>A list of strings.</summary>
    public Json Add(string name, IEnumerable<string> values)
    {
        _writer.WriteStartArray(name);
        foreach (string value in values)
        {
            _writer.WriteStringValue(value);
        }

        _writer.WriteEndArray();
        return this;
    }

    /// <summary>A list of objects.</summary>
    public Json Add(string name, IEnumerable<Action<Json>> objects)
    {
        _writer.WriteStartArray(name);
        foreach (Action<Json> content in objects)
        {
            _writer.WriteStartObject();
            content(this);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        return this;
    }

    /// <summary>Ends the object and writes it as text.</summary>
    public void WriteTo(TextWriter writer)
    {
        _writer.WriteEndObject();
        _writer.Flush();
        writer.WriteLine(Encoding.UTF8.GetString(_bytes.ToArray()));
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }
}
