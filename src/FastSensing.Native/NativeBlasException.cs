namespace FastSensing.Native;

/// <summary>A native library cannot be used, and the message says why; nothing of it will be called any more.</summary>
public sealed class NativeBlasException : Exception
{
    /// <summary>With a default message.</summary>
    public NativeBlasException()
        : this("The native BLAS cannot be used.")
    {
    }

    /// <summary>With the reason.</summary>
    /// <param name="message">The reason, naming the library.</param>
    public NativeBlasException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    /// <param name="message">The reason, naming the library.</param>
    /// <param name="innerException">The cause.</param>
    public NativeBlasException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
