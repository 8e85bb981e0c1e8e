using System.Globalization;

namespace FastSensing.IO;

/// <summary>
/// Reads the one Python literal that an npy header is: a dictionary of exactly descr, fortran_order and shape. It knows
/// strings, True, False and tuples of integers and nothing else, so there is nothing in a file that it could be made to do.
/// </summary>
internal ref struct NpyHeaderParser(string text)
{
    private const int MaximumAxes = 64;
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public NpyHeader Parse(int version)
    {
        string? description = null;
        ArrayOrder? order = null;
        int[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            string key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when description is null:
                    description = ReadDescription();
                    break;
                case "fortran_order" when order is null:
                    order = ReadOrder();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Malformed($"a key '{Printable(key)}' that is unknown or given twice");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (_position < _text.Length)
        {
            throw Malformed("text behind the dictionary");
        }

        if (description is null || order is null || shape is null)
        {
            throw Malformed("no " + (description is null ? "descr" : order is null ? "fortran_order" : "shape"));
        }

        return Build(description, order.Value, shape, version);
    }

    private static NpyHeader Build(string description, ArrayOrder order, int[] shape, int version)
    {
        char mark = description.Length == 3 ? description[0] : '\0';
        if (description.EndsWith('O') || description.StartsWith("|O", StringComparison.Ordinal))
        {
            throw new FormatException($"its elements are Python objects (dtype '{Printable(description)}'), which only pickle reads; that is refused");
        }

        if (mark is not ('<' or '>' or '|' or '=') || !DTypes.TryParseCode(description.AsSpan(1), out DType type)
            || (mark == '|' && DTypes.SizeOf(type) > 1))
        {
            throw new FormatException($"its dtype is '{Printable(description)}'; {DTypes.Supported} are read");
        }

        if (!ArrayShape.TryCount(shape, DTypes.SizeOf(type), out _))
        {
            throw new FormatException($"its shape {ArrayShape.Format(shape)} is larger than any file");
        }

        ByteOrder byteOrder = mark switch
        {
            '<' => ByteOrder.LittleEndian,
            '>' => ByteOrder.BigEndian,
            _ => NpyHeader.HostByteOrder,
        };
        return new NpyHeader(type, shape, order, byteOrder, version);
    }

    private string ReadDescription()
    {
        if (Peek() == '[')
        {
            throw new FormatException($"its elements are records (a structured dtype); {DTypes.Supported} are read");
        }

        return ReadString();
    }

    private ArrayOrder ReadOrder()
    {
        SkipSpace();
        ReadOnlySpan<char> rest = _text[_position..];
        bool yes = rest.StartsWith("True", StringComparison.Ordinal);
        if (!yes && !rest.StartsWith("False", StringComparison.Ordinal))
        {
            throw Malformed("a fortran_order that is neither True nor False");
        }

        _position += yes ? 4 : 5;
        return yes ? ArrayOrder.ColumnMajor : ArrayOrder.RowMajor;
    }

    private int[] ReadShape()
    {
        List<int> lengths = [];
        Expect('(');
        while (!Accept(')'))
        {
            lengths.Add(ReadLength());
            if (lengths.Count > MaximumAxes)
            {
                throw new FormatException($"its shape has more than {MaximumAxes} axes");
            }

            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. lengths];
    }

    private int ReadLength()
    {
        SkipSpace();
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '-'))
        {
            _position++;
        }

        ReadOnlySpan<char> digits = _text[start.._position];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            throw digits.IsEmpty
                ? Malformed("a shape that is not a tuple of integers")
                : new FormatException($"its shape has an axis of {digits[..Math.Min(digits.Length, 40)]}; lengths from 0 to {int.MaxValue} are read");
        }

        // Python 2 marked long integers so.
        if (_position < _text.Length && _text[_position] == 'L')
        {
            _position++;
        }

        return length;
    }

    private string ReadString()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Malformed("something else where a string belongs");
        }

        int start = ++_position;
        int length = _text[start..].IndexOf(quote);
        if (length < 0)
        {
            throw Malformed("a string without an end");
        }

        _position = start + length + 1;
        return _text.Slice(start, length).ToString();
    }

    private bool Accept(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Accept(expected))
        {
            throw Malformed($"no '{expected}' at character {_position}");
        }
    }

    private char Peek()
    {
        SkipSpace();
        return _position < _text.Length ? _text[_position] : '\0';
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is (' ' or '\n' or '\t' or '\r'))
        {
            _position++;
        }
    }

    /// <summary>File content for a message: short, on one line, without control characters.</summary>
    private static string Printable(string text)
    {
        char[] characters = text[..Math.Min(text.Length, 40)].ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            characters[i] = char.IsControl(characters[i]) ? '?' : characters[i];
        }

        return new string(characters);
    }

    private static FormatException Malformed(string what) => new($"its npy header has {what}");
}
