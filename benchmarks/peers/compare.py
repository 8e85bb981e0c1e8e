"""Seconds to a relative residual of 1e-8: FastSensing against the NumPy scripts of methods.py, and AGN's published problem.

usage: compare.py [--rounds N] [--agn] [--output FILE]      from the root of the repository, after ./build.sh build

Ours and NumPy on each BLAS take turns on the same problem file, every solve in a process of its own and on one thread;
seconds are those of the loop, after a few steps that are thrown away. NumPy runs on OpenBLAS with
OPENBLAS_CORETYPE=SkylakeX and, where libmkl_rt is installed, on MKL. Ratio: the faster NumPy's seconds / ours in the same
round, median over the rounds, lowest and highest.
With --agn: the problem of the table that AGN was published with (100 x 100, rank 5, width 15, m = 25,000, which takes
6 GB of memory), ours once for each method, and the same from 4,000 measurements.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

TOOL = "artifacts/fastsensing/fastsensing"
SCRIPT = str(pathlib.Path(__file__).with_name("methods.py"))
MKL = "/usr/lib/x86_64-linux-gnu/libmkl_rt.so"
LIMIT = 3000

# What, options of generate, the ratio asked for, symmetric.
CASES = [
    ("rectangular, A beyond the caches (204 MB)", ["--rows", "100", "--columns", "75", "--rank", "5", "--condition", "2", "--measurements", "3400"], 1.4, False),
    ("symmetric, A beyond the caches (192 MB)", ["--rows", "100", "--rank", "5", "--condition", "2", "--measurements", "2400", "--symmetric"], 2.0, True),
    ("rectangular, A in the second level of the caches (215 KB)", ["--rows", "16", "--columns", "14", "--rank", "1", "--measurements", "120"], 2.0, False),
]
GENERAL = ["gd", "scaledgd", "scaledgd-lambda", "precgd", "agn"]
SYMMETRIC = ["gd", "scaledgd-lambda", "precgd"]


def run(command, **environment):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    if not done.stdout.lstrip().startswith("{"):
        sys.exit(f"{' '.join(command)} ended with exit code {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def ours(problem, method, width, symmetric, limit):
    options = ["--symmetric"] if symmetric else []
    return run([TOOL, "solve", problem, "--method", method, "--rank", str(width), "--tolerance", "1e-8", "--iterations", str(limit), "--warm-up", "--json", *options])


def sensing(problem, rank, symmetric):
    """What kind of a problem it is, in words."""
    options = ["--symmetric"] if symmetric else []
    facts = run([TOOL, "compare", problem, "--rank", str(rank), "--methods", "gd", "--iterations", "1", "--json", *options])
    m, unknowns, freedom = facts["measurements"], facts["unknowns"], facts["degreesOfFreedom"]
    return (f"{facts['rows']} x {facts['columns']}, rank {rank}, m = {m:,}: {m / freedom:.1f} degrees of freedom ({freedom:,}), "
            f"{m / unknowns:.2f} of the unknowns ({unknowns:,}); error of the minimum-norm solution {facts['minimumNormError']:.2g}")


def numpy(problem, method, width, symmetric, limit, **environment):
    options = ["--symmetric"] if symmetric else []
    return run(["/usr/bin/python3", SCRIPT, problem, method, str(width), "--iterations", str(limit), *options], **environment)


def peers(folder):
    """Name and environment of each NumPy."""
    found = [("OpenBLAS", {"OPENBLAS_CORETYPE": "SkylakeX", "OPENBLAS_NUM_THREADS": "1"})]
    if os.path.exists(MKL):
        for name in ("libblas.so.3", "liblapack.so.3"):
            os.symlink(MKL, os.path.join(folder, name))
        found.append(("MKL", {"LD_LIBRARY_PATH": folder, "MKL_NUM_THREADS": "1", "MKL_THREADING_LAYER": "SEQUENTIAL"}))
    return found


def measure(output, rounds, folder, found):
    libraries = {}
    for what, options, asked, symmetric in CASES:
        problem = os.path.join(folder, "problem.npz")
        subprocess.run([TOOL, "generate", problem, *options], check=True, capture_output=True)
        rank = int(options[options.index("--rank") + 1])
        output.write(f"## {what[0].upper()}{what[1:]}\n\n{sensing(problem, rank, symmetric)}. Asked for: {asked}.\n\n")
        output.write("| method | iterations, ours and NumPy | our seconds | NumPy, faster BLAS | ratio | lowest .. highest | |\n|---|---|---|---|---|---|---|\n")
        for method in SYMMETRIC if symmetric else GENERAL:
            rows = []
            for _ in range(rounds):
                mine = ours(problem, method, rank, symmetric, LIMIT)
                theirs = [(name, numpy(problem, method, rank, symmetric, LIMIT, **environment)) for name, environment in found]
                libraries.update((name, result["blas"]) for name, result in theirs)
                rows.append((mine, *min(theirs, key=lambda pair: pair[1]["seconds"])))
            mine, name, theirs = rows[0]
            if max(mine["relativeResidual"], theirs["relativeResidual"]) > 1e-8:
                sys.exit(f"{method} on {what}: not at 1e-8 after {LIMIT} iterations")
            ratios = [theirs["seconds"] / mine["seconds"] for mine, _, theirs in rows]
            ratio = statistics.median(ratios)
            own = statistics.median(mine["seconds"] for mine, _, _ in rows)
            other = statistics.median(theirs["seconds"] for _, _, theirs in rows)
            output.write(
                f"| {method} | {mine['iterations']}, {theirs['iterations']} | {own:.3g} | {other:.3g}, {statistics.mode(name for _, name, _ in rows)} "
                f"| {ratio:.2f} | {min(ratios):.2f} .. {max(ratios):.2f} | {'reached' if ratio >= asked else 'MISSED'} |\n")
            output.flush()
        output.write("\n")
    for name, library in libraries.items():
        output.write(f"* {name}: {library}\n")


def agn(output, folder):
    published = {"agn": ("27.24", "25.52"), "scaledgd-lambda": ("55.87", "69.07"), "precgd": ("87.12", "94.53")}
    output.write("\n## The problem that AGN was published with\n\n")
    output.write("100 x 100, rank 5, width 15, no noise, to a relative residual of 1e-8; published: MATLAB, quad-core i5 of 2.4 GHz, m = 25,000,\n")
    output.write("which is 2.5 times the unknowns; below the same from 4,000 measurements.\n\n")
    output.write("| m | condition | method | iterations | our seconds | recovery error | published seconds |\n|---|---|---|---|---|---|---|\n")
    facts = {}
    for measurements in ("25000", "4000"):
        for column, condition in enumerate(("10", "50")):
            problem = os.path.join(folder, "agn.npz")
            subprocess.run([TOOL, "generate", problem, "--rows", "100", "--rank", "5", "--condition", condition, "--measurements", measurements], check=True, capture_output=True)
            if measurements == "4000":
                facts[condition] = sensing(problem, 5, False)
            for method, seconds in published.items():
                result = ours(problem, method, 15, False, LIMIT)
                error = f"{result['recoveryError']:.1e}" if result["relativeResidual"] <= 1e-8 else f"{result['recoveryError']:.1e} ({result['status']})"
                output.write(f"| {int(measurements):,} | {condition} | {method} | {result['iterations']} | {result['seconds']:.1f} | {error} | {seconds[column] if measurements == '25000' else ''} |\n")
                output.flush()
            os.remove(problem)
    output.write(f"\n{facts['10']}.\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--agn", action="store_true")
    parser.add_argument("--output", default="benchmarks/results/versus-numpy.md")
    arguments = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder, open(arguments.output, "w", encoding="utf-8") as output:
        output.write("# Against NumPy\n\n")
        version = json.loads(subprocess.run([TOOL, "info", "--json"], capture_output=True, text=True, check=True).stdout)
        output.write(f"Commit {commit}; {version['runtime']}, {version['instructionSet']}, Python {platform.python_version()}; one thread, fp64; "
                     f"command: `python3 benchmarks/peers/compare.py{' --agn' if arguments.agn else ''}`. Seconds of the loop to a relative residual of\n"
                     f"1e-8, after a few steps that are thrown away; {arguments.rounds} rounds in turn, ratios within a round. The width is the rank.\n\n")
        measure(output, arguments.rounds, folder, peers(folder))
        if arguments.agn:
            agn(output, folder)
    print(arguments.output)


if __name__ == "__main__":
    main()
