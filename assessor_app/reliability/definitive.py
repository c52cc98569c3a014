"""Ratings beside definitive ratings: exactness, direction, and decisions missed or given away."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.distributions import t_quantile
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Estimate, proportion
from assessor_app.reliability.two_raters import cohen_kappa
from assessor_app.reliability.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstDefinitive:
    """How the ratings of one criterion stand to the definitive ones.

    Attributes:
        exact: Share at the definitive level.
        adjacent_or_exact: Share at most one level off.
        mean_signed_difference: In levels; negative means less than the definitive rating.
        mean_absolute_difference: In levels.
    """

    exact: Estimate
    adjacent_or_exact: Estimate
    mean_signed_difference: Estimate
    mean_absolute_difference: Estimate


def against_definitive(ratings: Ints, definitive: Ints) -> AgainstDefinitive:
    """Return the comparison of ranks.

    Args:
        ratings: Shape (n,), ranks given by assessors.
        definitive: Shape (n,), the definitive ranks of the same submissions.

    Raises:
        NotComputableError: There is nothing to compare.
    """
    n = len(ratings)
    if not n:
        raise NotComputableError(Reason.NO_CASES)
    difference = (ratings - definitive).astype(np.float64)
    distance = np.abs(difference)
    return AgainstDefinitive(
        exact=proportion(int((distance == 0).sum()), n),
        adjacent_or_exact=proportion(int((distance <= 1).sum()), n),
        mean_signed_difference=_mean(difference),
        mean_absolute_difference=_mean(distance),
    )


def qwk(ratings: Ints, definitive: Ints, n_levels: int) -> Estimate:
    """Return the quadratically weighted kappa of ratings and definitive ratings.

    Args:
        ratings: Shape (n,), ranks.
        definitive: Shape (n,), ranks.
        n_levels: Levels of the rubric.

    Raises:
        NotComputableError: Nothing to compare, or one and the same level on both sides.
    """
    if not len(ratings):
        raise NotComputableError(Reason.NO_CASES)
    flat = np.bincount(ratings * n_levels + definitive, minlength=n_levels**2)
    table = flat.reshape(n_levels, n_levels).astype(np.int64)
    return cohen_kappa(table, Weights.QUADRATIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRates:
    """Determinations beside definitive ones; `None` where no such submission was read.

    Attributes:
        sensitivity: Share awarded of those that definitively deserve it.
        specificity: Share denied of those that definitively do not.
        false_awards: Count awarded against the definitive determination.
        false_denials: Count denied against it.
        n: Determinations compared.
    """

    sensitivity: Estimate | None
    specificity: Estimate | None
    false_awards: int
    false_denials: int
    n: int

    def expected_cost(self, *, of_false_award: float, of_false_denial: float) -> float:
        """Return the mean cost of a determination, with the weights the issuer sets."""
        cost = self.false_awards * of_false_award + self.false_denials * of_false_denial
        return cost / self.n


def decision_rates(awarded: Bools, definitive: Bools) -> DecisionRates:
    """Return how often determinations meet the definitive ones.

    Args:
        awarded: Shape (n,), the determinations.
        definitive: Shape (n,), the definitive ones.

    Raises:
        NotComputableError: There is nothing to compare.
    """
    if not len(awarded):
        raise NotComputableError(Reason.NO_CASES)
    deserving, others = int(definitive.sum()), int((~definitive).sum())
    hits, rejections = int((awarded & definitive).sum()), int((~awarded & ~definitive).sum())
    return DecisionRates(
        sensitivity=proportion(hits, deserving) if deserving else None,
        specificity=proportion(rejections, others) if others else None,
        false_awards=others - rejections,
        false_denials=deserving - hits,
        n=len(awarded),
    )


def _mean(values: Floats) -> Estimate:
    n, centre = len(values), float(values.mean())
    if n == 1:
        return Estimate(value=centre, n=n)
    error = float(values.std(ddof=1)) / n**0.5
    half = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * error
    return Estimate(
        value=centre,
        n=n,
        standard_error=error,
        interval=(centre - half, centre + half) if error else None,
    )
