"""The observed information of severities: exact, by Louis' identity."""

import numpy as np

from assessor_app.reliability.arrays import Floats, sums
from assessor_app.reliability.facets.collapse import Group, Part
from assessor_app.reliability.facets.likelihood import (
    Grid,
    Parameters,
    Slope,
    Tables,
    packet_posterior,
    rater_mass,
)


def severity_information(part: Part, p: Parameters, t: Tables, s: Slope) -> Floats:
    """Return minus the second derivatives of the log likelihood by severities.

    Complete-data information less the covariance of complete-data slopes: within a read from the
    posterior of ability plus halo, between reads of a packet through its ability.

    Returns:
        Shape (n_raters, n_raters).

    Source:
        Louis (1982), J. R. Stat. Soc. B 44, eq. 3.1.
    """
    variance = rank_moments(t)[1]
    information = np.zeros((len(p.severity), len(p.severity)))
    by_rater = rater_mass(part, s.mass)
    complete = np.zeros(len(p.severity))
    complete[part.raters] = np.einsum("jiq,jiq->j", by_rater, variance)
    pull = _pull(part, t)
    rater = part.row_rater
    squares = sums(rater, (s.mass * pull**2).sum(axis=1), len(complete))
    mean = t.over_halo(t.likelihood * pull) / t.smoothed
    alone = part.single > 0
    likelihood = t.smoothed @ t.prior[0]
    slopes = (t.smoothed * mean) @ t.prior[0] / likelihood
    of_single = part.single[alone] * slopes[alone] ** 2
    squares -= sums(rater[alone], of_single, len(complete))
    np.fill_diagonal(information, complete - squares)
    for group in part.groups:
        _subtract_covariance(information, rater, group, mean, t)
    return information


def caseload_information(part: Part, grid: Grid, p: Parameters, t: Tables) -> tuple[Floats, Floats]:
    """Return the information on caseload means, and what it shares with severities.

    Packets read once do not count: their caseload is not modelled.

    Returns:
        Shape (n_loads, n_loads), diagonal, and shape (n_raters, n_loads).

    Source:
        As `severity_information`.
    """
    own = np.zeros((len(p.load_mean), len(p.load_mean)))
    shared = np.zeros((len(p.severity), len(p.load_mean)))
    mean = t.over_halo(t.likelihood * _pull(part, t)) / t.smoothed
    gap = (grid.points - p.load_mean[:, None]) / p.ability_sd**2
    prior_variance = (t.prior * gap**2).sum(axis=1) - (t.prior * gap).sum(axis=1) ** 2
    for group in part.groups:
        posterior, _ = packet_posterior(group, t)
        slope = gap[group.load]
        centre = (posterior * slope).sum(axis=1)
        left = prior_variance[group.load] - (posterior * slope**2).sum(axis=1) + centre**2
        np.add.at(own, (group.load, group.load), group.weight * left)
        reads = mean[group.rows]
        weighted = (posterior * (slope - centre[:, None]))[:, None, :]
        covariance = (reads * weighted).sum(axis=2) * group.weight[:, None]
        np.subtract.at(shared, (part.row_rater[group.rows], group.load[:, None]), covariance)
    return own, shared


def _pull(part: Part, t: Tables) -> Floats:
    """Return how much less than expected each row gave, at each point, (n_rows, n_points)."""
    expected = rank_moments(t)[0]
    of_cell = np.einsum("ci,ciq->cq", part.cell_mask, expected[part.cell_place])
    pull: Floats = of_cell[part.row_cell] - part.row_sum[:, None]
    return pull


def rank_moments(t: Tables) -> tuple[Floats, Floats]:
    """Return mean and variance of the rank an assessor gives at each ability plus halo.

    Returns:
        Shape (n_own_raters, n_own, n_points) each.
    """
    expected = t.reach.sum(axis=2)
    odd = 2 * np.arange(1, t.reach.shape[2] + 1, dtype=np.float64) - 1
    squared = np.einsum("h,jihq->jiq", odd, t.reach)
    return expected, squared - expected**2


def _subtract_covariance(
    information: Floats, rater: np.ndarray, group: Group, mean: Floats, t: Tables
) -> None:
    posterior, _ = packet_posterior(group, t)
    own = mean[group.rows]  # (packets, reads, points)
    centre = (own * posterior[:, None, :]).sum(axis=2)
    product = (own * posterior[:, None, :]) @ own.transpose(0, 2, 1)
    covariance = product - centre[:, :, None] * centre[:, None, :]
    same = np.eye(group.rows.shape[1])
    covariance = covariance * (1 - same) - same * (centre**2)[:, :, None]
    covariance *= group.weight[:, None, None]
    who = rater[group.rows]
    np.subtract.at(information, (who[:, :, None], who[:, None, :]), covariance)
