using System.Text.Json;
using FastSensing.Testing.Files;
using FastSensing.Testing.Oracles;
using FastSensing.Testing.Skipping;

namespace FastSensing.Cli.Tests.Verbs;

/// <summary>Problems that real NumPy wrote are solved without method options, and NumPy finds the truth in what comes out.</summary>
public sealed class NumPyProblemTests
{
    private const string Symmetric = """
        rng = np.random.default_rng(1)
        n, r, m = 60, 3, 800
        U = np.linalg.qr(rng.standard_normal((n, r)))[0]
        M = U @ np.diag(np.linspace(1, 1 / 10, r)) @ U.T
        A = rng.standard_normal((m, n, n))
        """;

    private const string Rectangular = """
        rng = np.random.default_rng(2)
        n1, n2, r, m = 60, 45, 2, 1000
        U = np.linalg.qr(rng.standard_normal((n1, r)))[0]
        V = np.linalg.qr(rng.standard_normal((n2, r)))[0]
        M = U @ np.diag(np.linspace(1, 1 / 20, r)) @ V.T
        A = np.asfortranarray(rng.standard_normal((m, n1, n2)) / np.sqrt(m))
        """;

    private const string Save = "\nnp.savez('p.npz', A=A, y=np.einsum('kij,ij->k', A, M), M=M)";

    private const string Entries = """
        rng = np.random.default_rng(3)
        n1, n2, r, m = 60, 50, 2, 1500
        M = rng.standard_normal((n1, r)) @ rng.standard_normal((r, n2))
        places = rng.permutation(n1 * n2)[:m]
        np.savez_compressed('p.npz', rows=places // n2, columns=places % n2, values=M.ravel()[places], shape=[n1, n2], M=M)
        """;

    [NumPyTheory]
    [InlineData("symmetric", Symmetric + Save, "--symmetric")]
    [InlineData("rectangular, A in Fortran order", Rectangular + Save, null)]
    [InlineData("entries, compressed, indices of 64 bits", Entries, null)]
    public void Solve_WrittenByNumPy_IsRecoveredToTenDigits(string name, string script, string? option)
    {
        using TemporaryFolder folder = new();
        NumPyScript.Run(script, folder.Path);
        string[] options = option is null ? [] : [option];
        ToolRun run = ToolRun.Of(["solve", folder.File("p.npz"), "--json", "--out", folder.File("X.npz"), .. options]);
        Assert.True(run.Code == 0, $"{name}: {run.Error}");
        JsonElement result = run.Json;
        Assert.True(result.GetProperty("recoveryError").GetDouble() <= 1e-10, name);
        string seen = NumPyScript.Run(
            """
            X, M = np.load('X.npz'), np.load('p.npz')['M']
            assert X['Left'].shape[0] == M.shape[0] and X['Right'].shape[0] == M.shape[1] and X['X'].shape == M.shape
            assert np.abs(X['Left'] @ X['Right'].T - X['X']).max() < 1e-14 * np.abs(X['X']).max() * X['Left'].shape[1] * 10
            print(np.linalg.norm(X['X'] - M) / np.linalg.norm(M) <= 1e-10)
            """,
            folder.Path);
        Assert.Equal("True", seen.Trim());
    }

    [NumPyFact]
    public void Solve_SingleWrittenByNumPy_IsSolvedInSingle()
    {
        using TemporaryFolder folder = new();
        NumPyScript.Run(Rectangular + "\nA = A.astype('f4'); np.savez('p.npz', A=A, y=np.einsum('kij,ij->k', A.astype('f8'), M).astype('f4'), M=M.astype('f4'))", folder.Path);
        ToolRun run = ToolRun.Of("solve", folder.File("p.npz"), "--json");
        run.AssertSucceeded();
        Assert.Equal("fp32", run.Json.GetProperty("precision").GetString());
        Assert.True(run.Json.GetProperty("recoveryError").GetDouble() <= 1e-5);
    }
}
