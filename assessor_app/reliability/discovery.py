"""Many comparisons at once: who may be named without crying wolf."""

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats
from assessor_app.reliability.distributions import normal_cdf

RATE = 0.1


def two_sided_p(z: float) -> float:
    """Return the two-sided p of a standard normal value."""
    return 2 * normal_cdf(-abs(z))


def discoveries(p_values: Floats, rate: float = RATE) -> Bools:
    """Return which comparisons stand when at most `rate` of the named ones may be false.

    Args:
        p_values: Shape (n,); NaN (not compared) never stands.
        rate: The false discovery rate.

    Source:
        Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57.
    """
    compared = np.flatnonzero(~np.isnan(p_values))
    stands = np.zeros(len(p_values), dtype=np.bool_)
    order = compared[np.argsort(p_values[compared], kind="stable")]
    steps = rate * np.arange(1, len(order) + 1) / max(1, len(order))
    below = np.flatnonzero(p_values[order] <= steps)
    if len(below):
        stands[order[: below[-1] + 1]] = True
    return stands
