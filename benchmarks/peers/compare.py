"""Seconds to a relative residual of 1e-8: FastSensing against the NumPy scripts of methods.py, and AGN's published problem.

usage: compare.py [--rounds N] [--agn] [--output FILE]      from the root of the repository, after ./build.sh build

Ours and NumPy on each BLAS take turns on the same problem file, every solve in a process of its own and on one thread;
seconds are those of the loop. NumPy runs on OpenBLAS with OPENBLAS_CORETYPE=SkylakeX and, where libmkl_rt is installed, on
MKL. Ratio: the faster NumPy's time of a step / ours in the same round, median over the rounds, lowest and highest; by the step,
as the random starts differ, and behind the first one, in which the runtime compiles ours (3 ms, in our seconds).
With --agn: the problem of the table that AGN was published with (100 x 100, rank 5, width 15, m = 25,000, which takes
6 GB of memory), ours once for each method.
"""

import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

TOOL = "artifacts/fastsensing/fastsensing"
SCRIPT = str(pathlib.Path(__file__).with_name("methods.py"))
MKL = "/usr/lib/x86_64-linux-gnu/libmkl_rt.so"

# What, options of generate, method, width, symmetric, and the ratio asked for.
CASES = [
    ("rectangular, A beyond the caches: 100 x 75, r = 5, m = 3,400 (204 MB)", ["--rows", "100", "--columns", "75", "--rank", "5", "--condition", "10", "--measurements", "3400"], 1.4, False),
    ("symmetric, A beyond the caches: n = 100, r = 5, m = 2,400 (192 MB)", ["--rows", "100", "--rank", "5", "--condition", "10", "--measurements", "2400", "--symmetric"], 2.0, True),
    ("rectangular, A in the second level of the caches: 16 x 14, r = 1, m = 120 (215 KB)", ["--rows", "16", "--columns", "14", "--rank", "1", "--measurements", "120"], 2.0, False),
]
GENERAL = [("gd", 1), ("scaledgd", 1), ("scaledgd-lambda", 1)]
SYMMETRIC = [("gd", 1), ("scaledgd-lambda", 1)]


def run(command, **environment):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    if not done.stdout.lstrip().startswith("{"):
        sys.exit(f"{' '.join(command)} ended with exit code {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def ours(problem, method, width, symmetric, limit):
    options = ["--symmetric"] if symmetric else []
    trace = problem + ".csv"
    result = run([TOOL, "solve", problem, "--method", method, "--rank", str(width), "--tolerance", "1e-8", "--iterations", str(limit), "--json", "--trace", trace, *options])
    with open(trace, encoding="utf-8") as lines:
        times = [float(row["seconds"]) for row in csv.DictReader(lines)]
    result["secondsPerLaterStep"] = (times[-1] - times[1]) / max(1, result["iterations"] - 1)
    return result


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
    output.write("| problem | method | iterations, ours and NumPy | ours s | NumPy s, faster BLAS | ratio | lowest .. highest | asked for |\n")
    output.write("|---|---|---|---|---|---|---|---|\n")
    for what, options, asked, symmetric in CASES:
        problem = os.path.join(folder, "problem.npz")
        subprocess.run([TOOL, "generate", problem, *options], check=True, capture_output=True)
        rank = int(options[options.index("--rank") + 1])
        for method, factor in SYMMETRIC if symmetric else GENERAL:
            seconds, ratios, iterations, best = [], [], (0, 0), []
            for _ in range(rounds):
                mine = ours(problem, method, factor * rank, symmetric, 300)
                theirs = [(name, numpy(problem, method, factor * rank, symmetric, 300, **environment)) for name, environment in found]
                libraries.update((name, result["blas"]) for name, result in theirs)
                name, fastest = min(theirs, key=lambda pair: pair[1]["seconds"])
                iterations = (mine["iterations"], fastest["iterations"])
                seconds.append((mine["seconds"], fastest["seconds"]))
                best.append(name)
                ratios.append(fastest["secondsPerLaterStep"] / mine["secondsPerLaterStep"])
            own, other = (statistics.median(column) for column in zip(*seconds))
            ratio = statistics.median(ratios)
            verdict = "reached" if ratio >= asked else "MISSED"
            output.write(
                f"| {what} | {method} | {iterations[0]}, {iterations[1]} | {own:.3g} | {other:.3g}, {statistics.mode(best)} "
                f"| {ratio:.2f} | {min(ratios):.2f} .. {max(ratios):.2f} | {asked}, {verdict} |\n")
            output.flush()
    for name, library in libraries.items():
        output.write(f"\n* {name}: {library}\n")


def agn(output, folder):
    output.write("\n## The problem that AGN was published with\n\n")
    output.write("100 x 100, rank 5, width 15, m = 25,000, no noise, to a relative residual of 1e-8; published: MATLAB, quad-core i5 of 2.4 GHz.\n\n")
    output.write("| condition | method | iterations | our seconds | recovery error | published seconds |\n|---|---|---|---|---|---|\n")
    published = {"agn": ("27.24", "25.52"), "scaledgd-lambda": ("55.87", "69.07"), "precgd": ("87.12", "94.53")}
    for column, condition in enumerate(("10", "50")):
        problem = os.path.join(folder, "agn.npz")
        subprocess.run([TOOL, "generate", problem, "--rows", "100", "--rank", "5", "--condition", condition, "--measurements", "25000"], check=True, capture_output=True)
        for method, seconds in published.items():
            result = ours(problem, method, 15, False, 1000)
            output.write(f"| {condition} | {method} | {result['iterations']} | {result['seconds']:.1f} | {result['recoveryError']:.1e} | {seconds[column]} |\n")
            output.flush()
        os.remove(problem)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--agn", action="store_true")
    parser.add_argument("--output", default="benchmarks/results/versus-numpy.md")
    arguments = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder, open(arguments.output, "w", encoding="utf-8") as output:
        output.write("# Against NumPy\n\n")
        output.write(f"Commit {commit}; one thread, fp64; command: `python3 benchmarks/peers/compare.py{' --agn' if arguments.agn else ''}`. "
                     "Seconds of the loop to a relative residual of 1e-8, or of 300 steps. Ratios are those of a step behind the first: "
                     "the random starts differ, and the runtime compiles our methods in the first one (some 3 ms, contained in our seconds).\n\n")
        measure(output, arguments.rounds, folder, peers(folder))
        if arguments.agn:
            agn(output, folder)
    print(arguments.output)


if __name__ == "__main__":
    main()
