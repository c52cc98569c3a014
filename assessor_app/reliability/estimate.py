"""A number with what makes it honest: its error, its range and its count."""

import math
from dataclasses import dataclass

from assessor_app.reliability.distributions import beta_quantile, normal_quantile, t_quantile

CONFIDENCE = 0.95
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure. `n` counts what it rests on; a missing error or interval is not zero but unknown.

    An interval is `CONFIDENCE` two-sided.
    """

    value: float
    n: int
    standard_error: float | None = None
    interval: Interval | None = None


def with_t_interval(value: float, variance: float | None, n: int) -> Estimate:
    """Return the estimate with Student's interval on n - 1 degrees, clipped to [-1, 1].

    Args:
        value: The coefficient.
        variance: Its variance; None when it cannot be estimated.
        n: Submissions. With fewer than two there is neither error nor interval. A variance of
            zero (every submission alike) gives an error but no interval: it does not mean that
            the true value is known.
    """
    if variance is None or n < 2:  # noqa: PLR2004 (one submission has no spread)
        return Estimate(value=value, n=n)
    error = math.sqrt(variance)
    if error <= 1e-12:  # noqa: PLR2004 (rounding)
        return Estimate(value=value, n=n, standard_error=0.0)
    half = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * error
    interval = (max(-1.0, value - half), min(1.0, value + half))
    return Estimate(value=value, n=n, standard_error=error, interval=interval)


def wilson_ci95(x: int, n: int) -> Interval:
    """Return Wilson's interval for `x` of `n`, `n` > 0.

    Source:
        Newcombe (1998), Statistics in Medicine 17, method 3.
    """
    z = normal_quantile(0.5 + CONFIDENCE / 2)
    share, z2 = x / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (max(0.0, centre - half) if x else 0.0, min(1.0, centre + half) if x < n else 1.0)


def clopper_pearson_ci95(x: int, n: int) -> Interval:
    """Return the exact binomial interval for `x` of `n`, `n` > 0.

    Source:
        Newcombe (1998), Statistics in Medicine 17, method 5.
    """
    tail = (1 - CONFIDENCE) / 2
    low = beta_quantile(tail, x, n - x + 1) if x else 0.0
    high = beta_quantile(1 - tail, x + 1, n - x) if x < n else 1.0
    return (low, high)


def proportion(x: int, n: int) -> Estimate:
    """Return `x` of `n` with Wilson's interval; `n` > 0."""
    share = x / n
    error = math.sqrt(share * (1 - share) / n)
    return Estimate(value=share, n=n, standard_error=error, interval=wilson_ci95(x, n))
