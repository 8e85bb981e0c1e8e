namespace FastSensing.IO;

/// <summary>Where an array comes from, as error messages name it: a file, or a member of a file.</summary>
internal readonly record struct ArrayOrigin(string File, string? Array = null)
{
    public InvalidDataException Refuse(string what, Exception? cause = null) =>
        new(Array is null ? $"{File}: {what}." : $"{File}: array {Array}: {what}.", cause);
}
