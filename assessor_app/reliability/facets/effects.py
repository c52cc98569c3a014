"""Assessor effects beyond severity: surprise, central tendency, halo, severity on one criterion."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints, sums
from assessor_app.reliability.discovery import two_sided_p
from assessor_app.reliability.distributions import normal_quantile, t_quantile
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Estimate
from assessor_app.reliability.facets.collapse import Part
from assessor_app.reliability.facets.evidence import Expected
from assessor_app.reliability.facets.fit import Fit
from assessor_app.reliability.facets.likelihood import Tables, halo_kernel, tables

_LEAST = 1e-12
ENOUGH_EXPECTED_USES = 20
_HALO_SDS = np.arange(0.1, 2.05, 0.1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surprise:
    """How far an assessor's levels are from what other reads of the packets make likely.

    Attributes:
        excess: Mean log probability expected under the model minus the one found; positive means
            more surprising than the model expects. With a bootstrap interval over reads.
        pit: Shape (10,), counts of the mid-probability transform; level when calibrated.
        infit: Mean-square, weighted by information; 1 expected.
        outfit: Mean-square, unweighted.
    """

    excess: Estimate
    pit: Floats
    infit: float
    outfit: float


def surprise(expected: Expected, *, seed: int, replicates: int = 500) -> Surprise:
    """Return the surprise of one assessor's ratings.

    Args:
        expected: Their ratings, from `Expected.of`.
        seed: Of the bootstrap.
        replicates: Of the bootstrap.

    Raises:
        NotComputableError: Nobody else read the packets.

    Source:
        Gneiting & Raftery (2007), J. Am. Stat. Assoc. 102 (log score); Czado, Gneiting & Held
        (2009), Biometrics 65 (transform); Linacre (1989) for the mean-squares.
    """
    n = len(expected.level)
    if not n:
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    rows = np.arange(n)
    logs = np.log(np.maximum(expected.probability, _LEAST))
    excess = (expected.probability * logs).sum(axis=1) - logs[rows, expected.level]
    _, read = np.unique(expected.read, return_inverse=True)
    counts = np.bincount(read)
    reads = len(counts)
    of_read = sums(read, excess, reads)
    draws = np.random.default_rng(seed).multinomial(
        reads, np.full(reads, 1 / reads), size=replicates
    )
    means = (draws @ of_read) / (draws @ counts)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    upto = np.cumsum(expected.probability, axis=1)[rows, expected.level]
    middle = upto - expected.probability[rows, expected.level] / 2
    squared = (expected.level - expected.mean) ** 2
    variance = np.maximum(expected.variance, _LEAST)
    return Surprise(
        excess=Estimate(
            value=float(excess.mean()),
            n=reads,
            standard_error=float(means.std(ddof=1)),
            interval=(float(low), float(high)) if reads > 1 else None,
        ),
        pit=np.histogram(middle, bins=10, range=(0, 1))[0].astype(np.float64),
        infit=float(squared.sum() / variance.sum()),
        outfit=float((squared / variance).mean()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendency:
    """Whether an assessor keeps to the middle.

    Attributes:
        slope: Of own level on the level others make likely, criterion means removed. Expected
            slopes are 1; below 1 the levels are flattened.
        spread_ratio: Spread of own levels over the spread expected.
        never_used: Levels (criterion number, rank) never given though 20 or more were expected.
    """

    slope: Estimate
    spread_ratio: float
    never_used: tuple[tuple[int, int], ...]


def central_tendency(expected: Expected) -> Tendency:
    """Return the central tendency of one assessor's ratings.

    Raises:
        NotComputableError: Fewer than three reads others share, or no variation expected.
    """
    own, others = _centred(expected)
    _, read = np.unique(expected.read, return_inverse=True)
    n = int(read.max(initial=-1)) + 1
    if n < 3:  # noqa: PLR2004 (a slope needs three points)
        raise NotComputableError(Reason.TOO_FEW_UNITS)
    square = float(others @ others)
    if square < _LEAST:
        raise NotComputableError(Reason.NO_VARIATION)
    value = float(others @ own) / square
    scores = sums(read, others * (own - value * others), n)
    error = float(np.sqrt((scores @ scores) * n / (n - 1))) / square
    half = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * error
    total = float((own**2).sum())
    expected_total = square + float(expected.variance.sum())
    uses: dict[tuple[int, int], float] = {}
    for criterion in np.unique(expected.criterion):
        rows = expected.criterion == criterion
        for rank, use in enumerate(expected.probability[rows].sum(axis=0)):
            if use >= ENOUGH_EXPECTED_USES and not (expected.level[rows] == rank).any():
                uses[int(criterion), rank] = float(use)
    return Tendency(
        slope=Estimate(
            value=value, n=n, standard_error=error, interval=(value - half, value + half)
        ),
        spread_ratio=float(np.sqrt(total / expected_total)),
        never_used=tuple(sorted(uses)),
    )


def _centred(expected: Expected) -> tuple[Floats, Floats]:
    """Return own and expected ranks without the mean of their criterion."""
    _, place = np.unique(expected.criterion, return_inverse=True)
    counts = np.maximum(np.bincount(place), 1)
    own, others = (
        values - (sums(place, values, len(counts)) / counts)[place]
        for values in (expected.level.astype(np.float64), expected.mean)
    )
    return own, others


def halo_sd(fitted: Fit, rater: int) -> Estimate:
    """Return the halo spread of one assessor, all else as fitted, in logits.

    The interval holds the values whose log likelihood is within 1.92 of the best.

    Raises:
        NotComputableError: The assessor has no read in the fit.
    """
    profile, n = np.zeros(len(_HALO_SDS)), 0
    for place, placed in enumerate(fitted.placed):
        part = placed.part
        own = part.row_rater == rater
        if not own.any():
            continue
        n += int((fitted.reads.rater[placed.read] == rater).sum())
        t = tables(part, fitted.grid, fitted.parameters(place))
        rows, rest, weight = _beside(part, t, own)
        for index, sd in enumerate(_HALO_SDS):
            smooth = t.likelihood[rows] @ halo_kernel(fitted.grid, float(sd)).T
            profile[index] += float(weight @ np.log((smooth * rest).sum(axis=1)))
    if not n:
        raise NotComputableError(Reason.NO_EVIDENCE)
    within = _HALO_SDS[profile >= profile.max() - normal_quantile(0.975) ** 2 / 2]
    return Estimate(
        value=float(_HALO_SDS[int(profile.argmax())]),
        n=n,
        interval=(float(within[0]), float(within[-1])),
    )


def _beside(part: Part, t: Tables, own: Bools) -> tuple[Ints, Floats, Floats]:
    """Return the rows of chosen reads, the prior times what other reads say, and the copies."""
    alone = np.flatnonzero(own & (part.single > 0))
    rows, weights = [alone], [part.single[alone]]
    rests = [np.broadcast_to(t.prior[0], (len(alone), t.prior.shape[1]))]
    logs = np.log(t.smoothed)
    for group in part.groups:
        packet, which = np.nonzero(own[group.rows])
        row = group.rows[packet, which]
        rest = logs[group.rows[packet]].sum(axis=1) - logs[row]
        lift = rest.max(axis=1, keepdims=True, initial=-np.inf)
        rests.append(t.prior[group.load[packet]] * np.exp(rest - lift))
        rows.append(row)
        weights.append(group.weight[packet])
    return np.concatenate(rows), np.concatenate(rests), np.concatenate(weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSeverity:
    """How much less or more an assessor gives on one criterion than on the others.

    Attributes:
        criterion: Its number.
        extra: In rubric levels beyond the assessor's own average; negative gives less.
        p: Two-sided, for `discoveries` over all assessors and criteria.
    """

    criterion: int
    extra: Estimate
    p: float


def criterion_severity(expected: Expected) -> tuple[CriterionSeverity, ...]:
    """Return, for one assessor, each criterion's severity beside the others.

    Residuals from what the other reads make likely, each read's own mean residual removed, so that
    neither overall severity nor halo counts. Criteria with fewer than three reads are left out.
    """
    residual = expected.level - expected.mean
    _, read = np.unique(expected.read, return_inverse=True)
    counts = np.bincount(read)
    inner = residual - (sums(read, residual, len(counts)) / np.maximum(counts, 1))[read]
    usable = counts[read] > 1
    found: list[CriterionSeverity] = []
    for criterion in np.unique(expected.criterion):
        own = inner[usable & (expected.criterion == criterion)]
        n = len(own)
        if n < 3:  # noqa: PLR2004 (a spread needs a few reads)
            continue
        error = max(float(own.std(ddof=1)) / n**0.5, _LEAST)
        half = t_quantile(0.5 + CONFIDENCE / 2, n - 1) * error
        value = float(own.mean())
        extra = Estimate(
            value=value, n=n, standard_error=error, interval=(value - half, value + half)
        )
        p = two_sided_p(value / error)
        found.append(CriterionSeverity(criterion=int(criterion), extra=extra, p=p))
    return tuple(found)
