"""Livingston and Lewis: decisions from a *total* with a cut, as a compensatory rule makes them.

Award rules here usually demand a level in every criterion; for those use the model's value
(`facets.decision`) or raw double reads. Not shown by default.
"""

from dataclasses import dataclass
from math import exp, floor

import numpy as np

from assessor_app.reliability.distributions import binomial_cdf, log_beta

_NODES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueBeta:
    """A four-parameter beta distribution of true proportions between `low` and `high`."""

    low: float
    high: float
    alpha: float
    beta: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What two parallel readings would decide.

    Attributes:
        accuracy: Probability that one reading decides as the true total does.
        consistency: Probability that two readings decide alike.
        chance: The consistency two unrelated readings would have.
        kappa: Consistency beyond chance.
    """

    accuracy: float
    consistency: float
    chance: float
    kappa: float


def effective_test_length(
    *, mean: float, variance: float, low: float, high: float, reliability: float
) -> float:
    """Return the number of equal yes-no items that would be as reliable as the total.

    Args:
        mean: Of the observed totals.
        variance: Of the observed totals, above 0.
        low: Least possible total.
        high: Greatest possible total.
        reliability: Of the total, below 1.

    Source:
        Livingston & Lewis (1995), J. Educ. Meas. 32, eq. 1.
    """
    spread = (mean - low) * (high - mean)
    return (spread - reliability * variance) / (variance * (1 - reliability))


def livingston_lewis(truth: TrueBeta, n_items: int, cut: float) -> Classification:
    """Return accuracy and consistency of a cut on a total.

    Args:
        truth: True proportions.
        n_items: The effective test length, rounded.
        cut: Proportion from which on a total passes; it fails below floor(cut * n_items) items.

    Source:
        Livingston & Lewis (1995), J. Educ. Meas. 32; rounding of the cut as in R betafunctions.
    """
    points, weights = np.polynomial.legendre.leggauss(_NODES)
    least = floor(cut * n_items) - 1
    parts = [
        _part(truth, (low, high), points, weights, (least, n_items))
        for low, high in ((truth.low, cut), (cut, truth.high))
    ]
    (below, below_fail, below_same), (above, above_fail, above_same) = parts
    fail = below_fail + above_fail
    accuracy = below_fail + above - above_fail
    consistency = below_same + above_same
    chance = fail**2 + (1 - fail) ** 2
    return Classification(
        accuracy=accuracy / (below + above),
        consistency=consistency,
        chance=chance,
        kappa=(consistency - chance) / (1 - chance),
    )


def _part(
    truth: TrueBeta,
    span: tuple[float, float],
    points: np.ndarray[tuple[int], np.dtype[np.float64]],
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
    cut: tuple[int, int],
) -> tuple[float, float, float]:
    """Integrate the mass, the failing mass and the mass of two like decisions over a span."""
    middle, half = (span[0] + span[1]) / 2, (span[1] - span[0]) / 2
    mass = failing = alike = 0.0
    width = truth.high - truth.low
    scale = exp(-log_beta(truth.alpha, truth.beta)) / width
    for point, weight in zip(points, weights, strict=True):
        true = middle + half * float(point)
        share = (true - truth.low) / width
        density = scale * share ** (truth.alpha - 1) * (1 - share) ** (truth.beta - 1)
        here = density * float(weight) * half
        fail = binomial_cdf(cut[0], cut[1], true)
        mass += here
        failing += here * fail
        alike += here * (fail**2 + (1 - fail) ** 2)
    return mass, failing, alike
