#!/usr/bin/env python3
"""Values of the functions in Sources/Statistics from an independent source.

    python3 Tests/Fixtures/statistics/make_intervals.py > Tests/Fixtures/statistics/intervals.csv

Made with scipy 1.17.1; every value of a beta or gamma function is checked against mpmath at 40
digits. A row is: what, its arguments (up to three), its value or the two ends of an interval.
"""
import mpmath
from scipy import stats

mpmath.mp.dps = 40


def row(what, *numbers):
    print(",".join([what] + [repr(float(n)) if isinstance(n, float) else str(n) for n in numbers]))


def close(value, exact):
    assert abs(value - float(exact)) < 1e-11, (value, exact)
    return float(value)


def beta_tail(x, a, b):
    # mpmath's quadrature and series are slow where both parameters are huge.
    value = stats.beta.cdf(x, a, b)
    if a + b < 1e5:
        close(value, mpmath.betainc(a, b, 0, x, regularized=True))
    return float(value)


def beta_quantile(p, a, b):
    x = float(stats.beta.ppf(p, a, b))
    if a + b < 1e5:
        close(p, mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True))
    return x


def clopper_pearson(share, n):
    x = share * n
    low = 0.0 if share == 0 else beta_quantile(0.025, x, n - x + 1)
    high = 1.0 if share == 1 else beta_quantile(0.975, x + 1, n - x)
    return low, high


def jeffreys(share, n):
    x = share * n
    low = 0.0 if share == 0 else beta_quantile(0.025, x + 0.5, n - x + 0.5)
    high = 1.0 if share == 1 else beta_quantile(0.975, x + 0.5, n - x + 0.5)
    return low, high


def wilson(share, n):
    z = stats.norm.ppf(0.975)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def goodman(share, n, k):
    a = stats.chi2.isf(0.05 / k, 1)
    x = share * n
    root = (a * (a + 4 * x * (n - x) / n)) ** 0.5
    return max(0.0, (a + 2 * x - root) / (2 * (n + a))), min(1.0, (a + 2 * x + root) / (2 * (n + a)))


SHARES = [
    (8 / 20, 20), (0.0, 10), (1.0, 10), (13 / 412, 412), (0.5, 2), (0.137, 3.688525), (1 / 3, 29.7),
    (0.002, 1234.5), (0.9991, 877.25), (0.25, 1e6), (0.031, 3.7e7),
]
BETAS = [
    (0.3, 2.0, 5.0), (0.5, 0.5, 0.5), (0.01, 0.25, 30.0), (0.99, 30.0, 0.25), (0.5, 1000.0, 1000.0),
    (0.031, 13.5, 399.5), (0.2500123, 2.5e5, 7.5e5), (0.03101, 1147000.0, 35853000.0),
]
QUANTILES = [
    (0.025, 0.02, 40.0), (0.975, 0.02, 40.0), (0.5, 0.5, 0.5), (0.001, 8.0, 13.0),
    (0.9999, 3.3, 120.7), (0.025, 5e5, 5e5),
]
TAILS = [(0.4, 0.5), (3.0, 0.5), (11.0, 2.5), (100.0, 80.0), (1.0, 5.0)]
CHI_SQUARES = [(0.05, 1), (0.05 / 6, 1), (0.05 / 3, 1), (0.001, 1), (0.5, 3), (0.025, 12), (0.95, 40)]

for x, a, b in BETAS:
    row("beta_lower_tail", x, a, b, beta_tail(x, a, b))
for p, a, b in QUANTILES:
    row("beta_quantile", p, a, b, beta_quantile(p, a, b))
for x, a in TAILS:
    exact = mpmath.gammainc(a, x, mpmath.inf, regularized=True)
    row("gamma_upper_tail", x, a, close(stats.gamma.sf(x, a), exact))
for q, df in CHI_SQUARES:
    value = float(stats.chi2.isf(q, df))
    close(q, mpmath.gammainc(mpmath.mpf(df) / 2, mpmath.mpf(value) / 2, mpmath.inf, regularized=True))
    row("chi_square_quantile", q, float(df), value)
for share, n in SHARES:
    row("wilson", share, float(n), *wilson(share, n))
    row("jeffreys", share, float(n), *jeffreys(share, n))
    row("korn_graubard", share, float(n), *clopper_pearson(share, n))
for share, n, k in [(0.05, 100, 6), (0.4, 100, 6), (0.02, 100, 6), (0.0, 57.3, 5), (1.0, 57.3, 5),
                    (0.31, 3.7e7, 7)]:
    row("goodman", share, float(n), k, *goodman(share, n, k))
