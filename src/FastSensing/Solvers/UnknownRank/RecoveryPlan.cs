namespace FastSensing.Solvers.UnknownRank;

/// <summary>What the held-out measurements have decided: how the run on all measurements goes.</summary>
internal readonly record struct RecoveryPlan
{
    /// <summary>Columns of the damped stage.</summary>
    public required int Width { get; init; }

    /// <summary>Step size of the damped stage.</summary>
    public required double DampedStep { get; init; }

    /// <summary>Steps of the damped stage.</summary>
    public required int DampedIterations { get; init; }

    /// <summary>The rank it is cut to.</summary>
    public required int Rank { get; init; }

    /// <summary>Step size at that rank.</summary>
    public double PolishStep { get; init; }

    /// <summary>Steps at that rank, or null to polish to the tolerance.</summary>
    public int? PolishIterations { get; init; }

    /// <summary>What kind of data this seems to be.</summary>
    public required FitQuality Fit { get; init; }

    /// <summary>The relative residual of the fit on the training measurements: about the same is expected on all.</summary>
    public double TrainingResidual { get; init; }

    /// <summary>The relative residual on held-out measurements, or null where none were held out.</summary>
    public double? HoldOutResidual { get; init; }
}
