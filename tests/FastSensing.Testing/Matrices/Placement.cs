namespace FastSensing.Testing.Matrices;

/// <summary>Where a test matrix lives, which decides what becomes of an access outside it.</summary>
public enum Placement
{
    /// <summary>Inside an array, with NaN before and behind: a write outside is seen after the call.</summary>
    Array,

    /// <summary>The last element ends at a page that cannot be accessed: any access behind it ends the process.</summary>
    BeforeGuardPage,

    /// <summary>The first element starts behind a page that cannot be accessed: any access before it ends the process.</summary>
    AfterGuardPage,
}
