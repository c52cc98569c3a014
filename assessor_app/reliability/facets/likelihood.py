"""The marginal likelihood of one rubric's evidence and its gradient by Fisher's identity.

The ability of a packet and the halo of a read are integrated over one uniform grid; the halo is a
row-normalised Gaussian kernel, so that integrating it is a matrix product. The definitive panel
has no halo, for a consensus has averaged out what one reading adds, and a sharpness: its levels
follow the packet more closely than those of one read, at the same thresholds.
"""

from dataclasses import dataclass, replace

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.facets.collapse import Group, Part

_LEAST = 1e-300  # a likelihood that can still be divided by


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """Where ability and halo are evaluated; the distance of neighbours is fixed."""

    points: Floats

    @property
    def gaps(self) -> Floats:
        """Return the squared distance of all pairs, shape (n_points, n_points)."""
        squared: Floats = (self.points[:, None] - self.points[None, :]) ** 2
        return squared


def uniform_grid(reach: float = 8.0, step: float = 0.4) -> Grid:
    """Return the grid from -reach to reach."""
    half = round(reach / step)
    return Grid(points=step * np.arange(-half, half + 1, dtype=np.float64))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameters:
    """The unknowns as one rubric sees them.

    Attributes:
        severity: Shape (n_raters,); positive is harsher; the panel's is 0.
        steps: Shape (n_own, most_levels - 1); padded with 0 beyond a criterion's levels.
        ability_sd: Spread of packets.
        halo_sd: Spread of what an assessor adds to all criteria of one packet; 0 for none.
        sharpness: How much more closely the definitive panel follows the packet; 1 as anyone.
        load_mean: Shape (n_loads,), mean ability of the packets of each caseload; the first is 0,
            of packets nobody is known to have been assigned first.
    """

    severity: Floats
    steps: Floats
    ability_sd: float
    halo_sd: float
    load_mean: Floats
    sharpness: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """Everything evaluated at given parameters, for value, gradient and curvature alike.

    Attributes:
        likelihood: Shape (n_rows, n_points), of a row at ability plus halo, greatest 1.
        smoothed: Shape (n_rows, n_points), the same with the halo integrated, at the ability.
        kernel: Shape (n_points, n_points), density of ability plus halo (columns) at an ability.
        prior: Shape (n_loads, n_points), of abilities by caseload.
        reach: Shape (n_own_raters, n_own, n_steps, n_points), probability to reach each step.
        log_scale: Shape (n_rows,), what was divided out of `likelihood`.
        consensus: Shape (n_rows,), rows without halo.
    """

    likelihood: Floats
    smoothed: Floats
    kernel: Floats
    prior: Floats
    reach: Floats
    log_scale: Floats
    consensus: Bools

    def over_halo(self, values: Floats) -> Floats:
        """Return the halo integrated out of values at ability plus halo, (n_rows, n_points)."""
        smooth: Floats = values @ self.kernel.T
        smooth[self.consensus] = values[self.consensus]
        return smooth

    def to_halo(self, weights: Floats) -> Floats:
        """Return what weights of abilities mean at ability plus halo, (n_rows, n_points)."""
        spread: Floats = weights @ self.kernel
        spread[self.consensus] = weights[self.consensus]
        return spread


def halo_kernel(grid: Grid, halo_sd: float) -> Floats:
    """Return the density of ability plus halo given the ability, rows summing to 1."""
    if not halo_sd:
        return np.eye(len(grid.points))
    kernel: Floats = np.exp(-grid.gaps / (2 * halo_sd**2))
    normed: Floats = kernel / kernel.sum(axis=1, keepdims=True)
    return normed


def ability_prior(grid: Grid, ability_sd: float, mean: Floats) -> Floats:
    """Return the weights of the grid points for each mean, (n_means, n_points), rows sum to 1."""
    density: Floats = np.exp(-((grid.points - mean[:, None]) ** 2) / (2 * ability_sd**2))
    prior: Floats = density / density.sum(axis=1, keepdims=True)
    return prior


def level_probabilities(steps: Floats, n_levels: Ints, at: Floats) -> Floats:
    """Return the probability of every level of every criterion.

    Args:
        steps: Shape (n_criteria, n_steps).
        n_levels: Shape (n_criteria,).
        at: Shape (...,), ability minus severity.

    Returns:
        Shape (..., n_criteria, n_steps + 1); 0 beyond a criterion's levels.

    Source:
        Masters (1982), Psychometrika 47, eq. 6.
    """
    n_steps = steps.shape[1]
    ranks = np.arange(n_steps + 1, dtype=np.float64)
    total = np.concatenate([np.zeros((len(steps), 1)), np.cumsum(steps, axis=1)], axis=1)
    logits = at[..., None, None] * ranks - total
    logits = np.where(ranks < n_levels[:, None], logits, -np.inf)
    logits = logits - logits.max(axis=-1, keepdims=True)
    shares: Floats = np.exp(logits)
    probability: Floats = shares / shares.sum(axis=-1, keepdims=True)
    return probability


def tables(part: Part, grid: Grid, p: Parameters) -> Tables:
    """Return everything evaluated at the parameters."""
    severity = p.severity[part.raters]
    at = grid.points[None, :] - severity[:, None]
    ranks = np.arange(p.steps.shape[1] + 1, dtype=np.float64)
    total = np.concatenate([np.zeros((len(p.steps), 1)), np.cumsum(p.steps, axis=1)], axis=1)
    total = np.where(ranks < part.n_levels[:, None], total, np.inf)
    logits = at[:, None, None, :] * ranks[:, None] - total[None, :, :, None]
    logits[part.panel_place] *= p.sharpness
    top = logits.max(axis=2)
    terms = np.exp(logits - top[:, :, None])
    norm = terms.sum(axis=2)
    reach = np.cumsum(terms[:, :, :0:-1], axis=2)[:, :, ::-1] / norm[:, :, None]
    log_norm = np.log(norm) + top
    of_cell = np.einsum("ci,ciq->cq", part.cell_mask, log_norm[part.cell_place])
    own = grid.points[None, :] - p.severity[part.row_rater][:, None]
    sharpness = np.where(part.consensus, p.sharpness, 1.0)[:, None]
    logs = part.row_sum[:, None] * own * sharpness - of_cell[part.row_cell]
    log_scale = logs.max(axis=1)
    likelihood = np.exp(logs - log_scale[:, None])
    kernel = halo_kernel(grid, p.halo_sd)
    found = Tables(
        likelihood=likelihood,
        smoothed=likelihood,
        kernel=kernel,
        prior=ability_prior(grid, p.ability_sd, p.load_mean),
        reach=reach,
        log_scale=log_scale,
        consensus=part.consensus,
    )
    smoothed = np.maximum(found.over_halo(likelihood), _LEAST)
    return replace(found, smoothed=smoothed)


def packet_posterior(group: Group, t: Tables) -> tuple[Floats, Floats]:
    """Return where each packet of a group lies, and the logarithm of its likelihood.

    Returns:
        Shape (n_packets, n_points), rows summing to 1, and shape (n_packets,).
    """
    logs = np.log(t.smoothed)[group.rows].sum(axis=1)
    lift = logs.max(axis=1)
    joint = t.prior[group.load] * np.exp(logs - lift[:, None])
    total = joint.sum(axis=1)
    return joint / total[:, None], np.log(total) + lift


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slope:
    """The log likelihood of a part and its derivatives.

    Attributes:
        value: Log likelihood.
        severity: Shape (n_raters,).
        steps: Shape (n_own, n_steps).
        log_ability_sd: By the logarithm of the spread.
        log_halo_sd: By the logarithm of the spread; 0 without halo.
        log_sharpness: By the logarithm of the sharpness; 0 without a panel.
        load_mean: Shape (n_loads,).
        mass: Shape (n_rows, n_points), expected reads of a row at ability plus halo.
    """

    value: float
    severity: Floats
    steps: Floats
    log_ability_sd: float
    log_halo_sd: float
    log_sharpness: float
    load_mean: Floats
    mass: Floats


def slope(part: Part, grid: Grid, p: Parameters, t: Tables) -> Slope:
    """Return value and gradient at the parameters of the tables."""
    single_likelihood = t.smoothed @ t.prior[0]
    rate = part.single / single_likelihood
    value = float(part.single @ (np.log(single_likelihood) + t.log_scale))
    ability = np.zeros_like(t.prior)
    ability[0] = t.prior[0] * (rate @ t.smoothed)
    outer = rate[:, None] * t.prior[0]
    for group in part.groups:
        posterior, logs = packet_posterior(group, t)
        value += float(group.weight @ (logs + t.log_scale[group.rows].sum(axis=1)))
        weighted = posterior * group.weight[:, None]
        np.add.at(ability, group.load, weighted)
        _spread(outer, group.rows, weighted, t.smoothed)
    mass = t.likelihood * t.to_halo(outer)
    by_rater = rater_mass(part, mass)
    expected = np.einsum("jiq,jihq->jih", by_rater, t.reach)
    given = np.zeros(len(p.severity))
    given[part.raters] = expected.sum(axis=(1, 2))
    of_panel = expected[part.panel_place].sum(axis=0)
    reached = part.reached + p.sharpness * part.panel_reached
    value -= float((reached * p.steps).sum())
    pull = (of_panel - part.panel_reached) * p.sharpness
    gap = grid.points - p.load_mean[:, None]
    beyond = ability - ability.sum(axis=1, keepdims=True) * t.prior
    return Slope(
        value=value,
        severity=given - part.of_rater,
        steps=expected.sum(axis=0) - of_panel - part.reached + pull,
        log_ability_sd=float((beyond * gap**2).sum()) / p.ability_sd**2,
        log_halo_sd=_halo_slope(grid, p, t, outer),
        log_sharpness=p.sharpness * _sharpness_slope(part, grid, p, (t, mass, by_rater)),
        load_mean=(beyond * gap).sum(axis=1) / p.ability_sd**2,
        mass=mass,
    )


def rater_mass(part: Part, mass: Floats) -> Floats:
    """Return the expected ratings at each point, shape (n_own_raters, n_own, n_points).

    Args:
        part: The evidence.
        mass: Shape (n_rows, n_points), expected reads.
    """
    starts = np.searchsorted(part.row_cell, np.arange(len(part.cell_rater)))
    by_cell = np.add.reduceat(mass, starts, axis=0)
    starts = np.searchsorted(part.cell_rater, part.raters)
    rated = by_cell[:, None, :] * part.cell_mask[:, :, None]
    result: Floats = np.add.reduceat(rated, starts, axis=0)
    return result


def _spread(outer: Floats, rows: Ints, weighted: Floats, smoothed: Floats) -> None:
    """Add to each row what the packets it belongs to say of it, the row itself divided out."""
    flat = rows.ravel()
    order = np.argsort(flat, kind="stable")
    packet = order // rows.shape[1]
    distinct, start = np.unique(flat[order], return_index=True)
    sums = np.add.reduceat(weighted[packet], start, axis=0)
    outer[distinct] += sums / smoothed[distinct]


def _halo_slope(grid: Grid, p: Parameters, t: Tables, outer: Floats) -> float:
    if not p.halo_sd:
        return 0.0
    single_reads = ~t.consensus
    joint = (outer[single_reads].T @ t.likelihood[single_reads]) * t.kernel
    gaps = grid.gaps
    expected = (t.kernel * gaps).sum(axis=1)
    return float((joint * gaps).sum() - joint.sum(axis=1) @ expected) / p.halo_sd**2


def _sharpness_slope(
    part: Part, grid: Grid, p: Parameters, found: tuple[Tables, Floats, Floats]
) -> float:
    t, mass, by_rater = found
    place = part.panel_place
    given = part.row_sum[part.consensus] @ (mass[part.consensus] @ grid.points)
    reaches = by_rater[place][:, :, None, :] * t.reach[place]
    steps = (reaches.sum(axis=(0, 3)) - part.panel_reached) * p.steps
    return float(given + steps.sum() - (reaches * grid.points).sum())
