"""The methods of FastSensing as a researcher would write them in NumPy: one solve of a problem file, timed.

usage: methods.py PROBLEM.npz METHOD RANK [--tolerance T] [--iterations N] [--symmetric]

Prints one line of JSON: method, iterations, seconds of the loop, relative residual, recovery error, and the BLAS that ran.
A is kept as an m x (n1 n2) matrix, so a step is two matrix-vector products with A and some thin products. The start is
made outside the timed loop, as is one step that is thrown away; step sizes, damping and start are the defaults of
FastSensing (of random starts the numbers differ).
"""

import argparse
import ctypes
import json
import time

import numpy as np

SMALL_START = 1e-3


class Problem:
    """y = A vec(X), in isometric units: A and y divided by s."""

    def __init__(self, path, symmetric):
        with np.load(path) as arrays:
            a, y = arrays["A"], arrays["y"]
            self.truth = arrays["M"] if "M" in arrays else None
        m, self.rows, self.columns = a.shape
        if symmetric:
            for i in range(m):
                a[i] = (a[i] + a[i].T) / 2
        a = a.reshape(m, -1)
        unknowns = self.rows * (self.rows + 1) / 2 if symmetric else self.rows * self.columns
        self.scale = np.sqrt(np.vdot(a, a) / unknowns)
        self.a, self.y = a, y
        self.size = np.linalg.norm(y)

    def residual(self, left, right):
        return self.a @ (left @ right.T).reshape(-1) - self.y

    def adjoint(self, z):
        return (z @ self.a).reshape(self.rows, self.columns) / self.scale**2


def spectral_start(problem, rank):
    u, s, vt = np.linalg.svd(problem.adjoint(problem.y))
    root = np.sqrt(s[:rank])
    return u[:, :rank] * root, vt[:rank].T * root, s[0]


def random_start(problem, rank, scale, symmetric, seed=0):
    sigma = np.linalg.norm(problem.adjoint(problem.y), 2)
    numbers = np.random.default_rng(seed)
    left = scale * np.sqrt(sigma / problem.rows) * numbers.standard_normal((problem.rows, rank))
    right = left if symmetric else scale * np.sqrt(sigma / problem.columns) * numbers.standard_normal((problem.columns, rank))
    return left, right, sigma


def damped_inverse(factor, damping):
    return np.linalg.inv(factor.T @ factor + damping * np.eye(factor.shape[1]))


def gradient_descent(problem, rank, symmetric):
    """FGD from a small random start, step 0.25 / sigma1."""
    left, right, sigma = random_start(problem, rank, 1e-4, symmetric)
    step = 0.25 / sigma

    def advance(residual, left, right):
        g = problem.adjoint(residual)
        if symmetric:
            left = left - step * (g @ left)
            return left, left
        return left - step * (g @ right), right - step * (g.T @ left)

    return left, right, advance


def scaled_gradient_descent(problem, rank, symmetric):
    """ScaledGD from a spectral start at the rank, step 0.5."""
    left, right, _ = spectral_start(problem, rank)

    def advance(residual, left, right):
        g = problem.adjoint(residual)
        return left - 0.5 * (g @ right) @ damped_inverse(right, 0), right - 0.5 * (g.T @ left) @ damped_inverse(left, 0)

    return left, right, advance


def damped_scaled_gradient_descent(problem, rank, symmetric):
    """ScaledGD(lambda) from a small random start, step 0.3, lambda = sigma1 times the relative residual."""
    left, right, sigma = random_start(problem, rank, SMALL_START, symmetric)

    def advance(residual, left, right):
        g = problem.adjoint(residual)
        damping = sigma * np.linalg.norm(residual) / problem.size
        if symmetric:
            left = left - 0.3 * (g @ left) @ damped_inverse(left, damping)
            return left, left
        return left - 0.3 * (g @ right) @ damped_inverse(right, damping), right - 0.3 * (g.T @ left) @ damped_inverse(left, damping)

    return left, right, advance


def preconditioned_gradient_descent(problem, rank, symmetric):
    """PrecGD from a spectral start, step 0.5, lambda = the square root of the loss."""
    left, right, _ = spectral_start(problem, rank)

    def advance(residual, left, right):
        g = problem.adjoint(residual)
        damping = np.sqrt((0.25 if symmetric else 0.5) * np.vdot(residual, residual)) / problem.scale
        if symmetric:
            left = left - 0.5 * (g @ left) @ damped_inverse(left, damping)
            return left, left
        return left - 0.5 * (g @ right) @ damped_inverse(right, damping), right - 0.5 * (g.T @ left) @ damped_inverse(left, damping)

    return left, right, advance


def approximated_gauss_newton(problem, rank, symmetric):
    """AGN: one factor after the other with the pseudo-inverse of the other's transpose, step 0.5, random start of scale 0.5."""
    left, right, _ = random_start(problem, rank, 0.5, False)

    def advance(residual, left, right):
        left = left - 0.5 * problem.adjoint(residual) @ np.linalg.pinv(right.T, rcond=1e-12)
        residual = problem.residual(left, right)
        right = right - 0.5 * problem.adjoint(residual).T @ np.linalg.pinv(left.T, rcond=1e-12)
        return left, right

    return left, right, advance


METHODS = {
    "gd": gradient_descent,
    "scaledgd": scaled_gradient_descent,
    "scaledgd-lambda": damped_scaled_gradient_descent,
    "precgd": preconditioned_gradient_descent,
    "agn": approximated_gauss_newton,
}


def solve(problem, method, rank, symmetric, tolerance, limit):
    left, right, advance = METHODS[method](problem, rank, symmetric)
    advance(problem.residual(left, right), left, right)
    begin = time.perf_counter()
    residual = problem.residual(left, right)
    iterations = 0
    while np.linalg.norm(residual) > tolerance * problem.size and iterations < limit:
        left, right = advance(residual, left, right)
        residual = problem.residual(left, right)
        iterations += 1
    return left, right, residual, iterations, time.perf_counter() - begin


def blas_name():
    """The library that answers, by its own words."""
    for symbol, result in (("openblas_get_config", ctypes.c_char_p), ("mkl_get_version_string", None)):
        function = getattr(ctypes.CDLL(None), symbol, None) or getattr(ctypes.CDLL("libblas.so.3"), symbol, None)
        if function is None:
            continue
        if result is not None:
            function.restype = result
            core = ctypes.CDLL("libblas.so.3").openblas_get_corename
            core.restype = ctypes.c_char_p
            return f"{function().decode().strip()}, core {core().decode()}"
        text = ctypes.create_string_buffer(256)
        function(text, 256)
        return text.value.decode().strip()
    return "unknown"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("problem")
    parser.add_argument("method", choices=sorted(METHODS))
    parser.add_argument("rank", type=int)
    parser.add_argument("--tolerance", type=float, default=1e-8)
    parser.add_argument("--iterations", type=int, default=2000)
    parser.add_argument("--symmetric", action="store_true")
    arguments = parser.parse_args()
    problem = Problem(arguments.problem, arguments.symmetric)
    left, right, residual, iterations, seconds = solve(
        problem, arguments.method, arguments.rank, arguments.symmetric, arguments.tolerance, arguments.iterations)
    truth = problem.truth
    print(json.dumps({
        "method": arguments.method,
        "iterations": iterations,
        "seconds": seconds,
        "relativeResidual": float(np.linalg.norm(residual) / problem.size),
        "recoveryError": None if truth is None else float(np.linalg.norm(left @ right.T - truth) / np.linalg.norm(truth)),
        "numpy": np.__version__,
        "blas": blas_name(),
    }))


if __name__ == "__main__":
    main()
