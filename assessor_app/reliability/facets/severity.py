"""Severities in words people use: rubric levels and award rates, with honest errors."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.distributions import normal_quantile
from assessor_app.reliability.estimate import CONFIDENCE, Estimate
from assessor_app.reliability.facets.fit import INFLATION, Fit
from assessor_app.reliability.facets.likelihood import ability_prior, level_probabilities
from assessor_app.reliability.facets.reads import link_groups


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Severities:
    """Severities that may be compared within a group.

    Attributes:
        raters: Shape (n,), rater numbers.
        group: Shape (n,), the linked group of each; -1 without any shared packet.
        logits: Shape (n,), positive is harsher. Relative to the definitive panel in its group, to
            the mean of the group elsewhere.
        covariance: Shape (n, n), of `logits`.
    """

    raters: Ints
    group: Ints
    logits: Floats
    covariance: Floats

    @property
    def standard_errors(self) -> Floats:
        """Return the errors in logits, the plug-in of the spread allowed for."""
        errors: Floats = INFLATION * np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        return errors


def severities(fitted: Fit, *, to_pool: bool = False) -> Severities:
    """Return the severities of a fit.

    Args:
        fitted: The fit.
        to_pool: Compare with the mean of the linked assessors even where there is a panel.
    """
    raters, n = fitted.raters, len(fitted.raters)
    groups = link_groups(fitted.reads)
    panel = fitted.reads.panel
    of_panel = groups[panel] if panel is not None and fitted.layout.has_panel else -2
    of_panel = -2 if to_pool else of_panel
    own = groups[raters]
    centring = np.eye(n)
    for group in np.unique(own[own != of_panel]):
        members = own == group
        centring[np.ix_(members, members)] -= 1 / members.sum()
    return Severities(
        raters=raters,
        group=own,
        logits=centring @ fitted.vector[:n],
        covariance=centring @ fitted.covariance[:n, :n] @ centring.T,
    )


def level_slope(fitted: Fit) -> float:
    """Return how many rubric levels one logit is worth on average, over packets and criteria.

    Rubrics weigh by their packets.
    """
    total = weight = 0.0
    for place, part in enumerate(fitted.layout.parts):
        p = fitted.parameters(place)
        spread = float(np.hypot(p.ability_sd, p.halo_sd))
        probability = level_probabilities(p.steps, part.n_levels, fitted.grid.points)
        ranks = np.arange(probability.shape[-1], dtype=np.float64)
        mean = probability @ ranks
        variance = probability @ ranks**2 - mean**2
        slope = float(ability_prior(fitted.grid, spread, np.zeros(1))[0] @ variance.mean(axis=1))
        total += slope * part.n_packets
        weight += part.n_packets
    return total / weight


def in_levels(found: Severities, slope: float, n_reads: Ints) -> tuple[Estimate, ...]:
    """Return, by rater, how much more or less they give than the panel, in rubric levels.

    Args:
        found: The severities.
        slope: From `level_slope`.
        n_reads: Shape (n,), reads behind each.

    Returns:
        Negative values give less (stricter). The interval is normal.
    """
    z = normal_quantile(0.5 + CONFIDENCE / 2)
    return tuple(
        Estimate(
            value=-float(logit) * slope,
            n=int(reads),
            standard_error=float(error) * slope,
            interval=(-slope * float(logit + z * error), -slope * float(logit - z * error)),
        )
        for logit, error, reads in zip(found.logits, found.standard_errors, n_reads, strict=True)
    )
