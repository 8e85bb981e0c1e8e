namespace FastSensing.Solvers.Methods;

/// <summary>What the residuals r_i of a robust method are summed by, so that gross ones pull no harder than others.</summary>
public enum RobustLoss
{
    /// <summary>sum |r_i|.</summary>
    Absolute,

    /// <summary>sum of r_i^2 / (2 delta) up to |r_i| = delta and |r_i| - delta / 2 beyond, with delta = 2 median |r_i|.</summary>
    Huber,
}
