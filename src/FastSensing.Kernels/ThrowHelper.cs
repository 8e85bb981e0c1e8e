using System.Diagnostics.CodeAnalysis;

namespace FastSensing.Kernels;

/// <summary>One method per message, so that the checks at the public edge stay small and the messages stay alike.</summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void NegativeSize(string name, long value) =>
        throw new ArgumentOutOfRangeException(name, $"{name} is {value}; a size or stride cannot be negative.");

    [DoesNotReturn]
    public static void StorageTooShort(int rows, int columns, int rowStride, int columnStride, long required, long available) =>
        throw new ArgumentException(
            $"A {rows} x {columns} view with strides ({rowStride}, {columnStride}) needs {required} elements, the storage has {available}.",
            "storage");

    [DoesNotReturn]
    public static void OperandTooShort(string routine, string name, int required, int available) =>
        throw new ArgumentException($"{routine}: {name} has {available} elements; the plan's shape needs {required}.", name);

    [DoesNotReturn]
    public static void IndexOutOfRange(int row, int column, int rows, int columns) =>
        throw new ArgumentOutOfRangeException(nameof(row), $"Element ({row}, {column}) lies outside the {rows} x {columns} view.");

    [DoesNotReturn]
    public static void BlockOutOfRange(int row, int column, int blockRows, int blockColumns, int rows, int columns) =>
        throw new ArgumentOutOfRangeException(
            nameof(row), $"The {blockRows} x {blockColumns} block at ({row}, {column}) lies outside the {rows} x {columns} view.");

    [DoesNotReturn]
    public static void NotContiguous(string what, int stride) =>
        throw new InvalidOperationException($"{what} as a span needs unit stride; the stride here is {stride}.");

    [DoesNotReturn]
    public static void ShapesDisagree(string routine, string left, int leftRows, int leftColumns, string right, int rightRows, int rightColumns) =>
        throw new ArgumentException(
            $"{routine}: {left} is {leftRows} x {leftColumns} and {right} is {rightRows} x {rightColumns}; the shapes do not agree.", right);

    [DoesNotReturn]
    public static void NotSquare(string routine, string name, int rows, int columns) =>
        throw new ArgumentException($"{routine}: {name} is {rows} x {columns}; it must be square.", name);

    [DoesNotReturn]
    public static void LengthsDisagree(string routine, string left, long leftLength, string right, long rightLength) =>
        throw new ArgumentException(
            $"{routine}: {left} has length {leftLength} and {right} has length {rightLength}; they must agree.", right);

    [DoesNotReturn]
    public static void Overlaps(string routine, string output, string input) =>
        throw new ArgumentException($"{routine}: the output {output} overlaps the input {input}.", output);

    [DoesNotReturn]
    public static void AliasesItself(string routine, string output, int rows, int columns, int rowStride, int columnStride) =>
        throw new ArgumentException(
            $"{routine}: elements of the output {output} ({rows} x {columns}, strides {rowStride}, {columnStride}) alias each other.", output);

    [DoesNotReturn]
    public static void TooLarge(int rows, int columns) =>
        throw new ArgumentException(
            $"A {rows} x {columns} matrix has {(long)rows * columns} elements; a span can hold at most {Array.MaxLength}.", nameof(rows));

    [DoesNotReturn]
    public static void ScratchTooShort(long required, long available) =>
        throw new ArgumentException($"The scratch memory has {available} elements left, {required} are needed.", "scratch");

    [DoesNotReturn]
    public static void UnsupportedElementType(Type type) =>
        throw new NotSupportedException($"Element type {type.Name} is not supported; use float or double.");
}
