"""How much a disagreement by some levels still counts as agreement."""

from enum import StrEnum

import numpy as np

from assessor_app.reliability.arrays import Floats


class Weights(StrEnum):
    """Weight families over the ranks of all levels of the rubric, used or not."""

    IDENTITY = "identity"
    ORDINAL = "ordinal"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    RADICAL = "radical"
    WITHIN_ONE = "within_one"


def weight_matrix(weights: Weights, n_levels: int) -> Floats:
    """Return the weights, shape (n_levels, n_levels): 1 on the diagonal, 0 for the farthest pair.

    Identity counts exact agreement only; within-one counts a distance of one level in full (and
    so is 1 everywhere with two levels).

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, chapter 3; ranks in place of values.
    """
    weights = Weights(weights)
    ranks = np.arange(n_levels, dtype=np.float64)
    distance: Floats = np.abs(ranks[:, None] - ranks[None, :])
    full: Floats
    if weights in {Weights.IDENTITY, Weights.WITHIN_ONE}:
        full = (distance <= (weights is Weights.WITHIN_ONE)).astype(np.float64)
        return full
    if weights is Weights.ORDINAL:
        distance = distance * (distance + 1) / 2
    if weights is Weights.QUADRATIC:
        distance = distance**2
    if weights is Weights.RADICAL:
        distance = np.sqrt(distance)
    farthest = float(distance.max())
    weighted: Floats = 1 - distance / (farthest or 1.0)
    return weighted
