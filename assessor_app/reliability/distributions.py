"""Quantiles and tail areas, typed; scipy.special without the weight of scipy.stats."""

from typing import Any, cast

from scipy import special as _special  # type: ignore[import-untyped]  # scipy ships no types

_functions = cast("Any", _special)


def normal_cdf(x: float) -> float:
    """Return the standard normal distribution function."""
    return float(_functions.ndtr(x))


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile."""
    return float(_functions.ndtri(probability))


def t_quantile(probability: float, df: float) -> float:
    """Return Student's quantile with `df` degrees of freedom."""
    return float(_functions.stdtrit(df, probability))


def f_quantile(probability: float, df_above: float, df_below: float) -> float:
    """Return the F quantile; `df_above` belongs to the numerator."""
    return float(_functions.fdtri(df_above, df_below, probability))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the beta quantile."""
    return float(_functions.betaincinv(a, b, probability))


def log_beta(a: float, b: float) -> float:
    """Return the logarithm of the beta function."""
    return float(_functions.betaln(a, b))


def chi2_tail(x: float, df: float) -> float:
    """Return the probability that chi-squared exceeds `x`."""
    return float(_functions.chdtrc(df, x))


def binomial_cdf(k: float, n: int, p: float) -> float:
    """Return the probability of at most `k` successes in `n` trials."""
    return float(_functions.bdtr(k, n, p))
