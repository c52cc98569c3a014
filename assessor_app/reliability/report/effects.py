"""Figures of single assessors beyond severity, and charts of change over time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats
from assessor_app.reliability.discovery import discoveries
from assessor_app.reliability.drift import LIMIT, arl, cusum
from assessor_app.reliability.errors import NotComputableError
from assessor_app.reliability.facets.compare import BothFits, period_contrasts
from assessor_app.reliability.facets.effects import (
    CriterionSeverity,
    central_tendency,
    criterion_severity,
    halo_sd,
    surprise,
)
from assessor_app.reliability.facets.evidence import Expected
from assessor_app.reliability.facets.fit import Fit, Progress
from assessor_app.reliability.facets.reads import Reads
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.table import Ratings
from assessor_app.reliability.report.verdict_list import Said
from assessor_app.reliability.verdicts import changed, steady

HALF_A_LEVEL = 0.5
_WEEK_S = 7 * 24 * 3600.0
_LEAST_CHARTED = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modelled:
    """What the model was fitted to and what came out.

    Attributes:
        ratings: That entered.
        reads: The same as reads, the definitive panel included.
        fits: Of shared packets and of everything.
        expected: What other reads make likely.
    """

    ratings: Ratings
    reads: Reads
    fits: BothFits
    expected: Expected

    @property
    def linked(self) -> Fit:
        """Return the fit everything is reported from."""
        return self.fits.linked


@dataclass(frozen=True, slots=True)
class Effects:
    """Raters whose severity is not the same on all criteria."""

    uneven: frozenset[int]


def assessor_effects(collector: Collector, modelled: Modelled, seed: int) -> Effects:
    """Add surprise, central tendency, halo and criterion severity of every assessor."""
    uneven: list[tuple[int, CriterionSeverity]] = []
    for rater in modelled.linked.raters:
        own = modelled.expected.of(int(rater))
        name = modelled.ratings.assessors[int(rater)]
        ground = Ground(scope={"assessor": name}, n=len(np.unique(own.read)))
        enough = ground.n >= collector.thresholds.linked_packets
        if not enough and not collector.every:
            collector.compute("surprise", lambda: 0.0, ground)
            continue
        _one_assessor(collector, modelled, (int(rater), own), (ground, seed))
        if enough:
            uneven += [(int(rater), one) for one in criterion_severity(own)]
    return Effects(uneven=_criterion_figures(collector, modelled, uneven))


def _one_assessor(
    collector: Collector,
    modelled: Modelled,
    who: tuple[int, Expected],
    how: tuple[Ground, int],
) -> None:
    (rater, own), (ground, seed) = who, how
    surprised = surprise(own, seed=seed)
    collector.add("surprise", surprised.excess, ground)
    collector.add("infit", surprised.infit, ground)
    collector.add("outfit", surprised.outfit, ground)
    collector.add("pit", tuple(float(count) for count in surprised.pit), ground)
    collector.compute("halo_sd_of_assessor", lambda: halo_sd(modelled.linked, rater), ground)
    try:
        tendency = central_tendency(own)
    except NotComputableError as refusal:
        collector.refuse("central_tendency_slope", refusal.reason, ground)
        return
    collector.add("central_tendency_slope", tendency.slope, ground)
    collector.add("spread_ratio", tendency.spread_ratio, ground)
    criteria = modelled.ratings.criteria
    avoided = tuple(
        f"{criteria[criterion].name}: {criteria[criterion].levels[rank]}"
        for criterion, rank in tendency.never_used
    )
    collector.add("never_used", avoided, ground)


def _criterion_figures(
    collector: Collector, modelled: Modelled, found: list[tuple[int, CriterionSeverity]]
) -> frozenset[int]:
    named = discoveries(
        np.array([one.p for _, one in found]), collector.thresholds.false_discovery_rate
    )
    for (rater, one), stands in zip(found, named, strict=True):
        known = modelled.ratings.criteria[one.criterion]
        scope: dict[str, object] = {
            "assessor": modelled.ratings.assessors[rater],
            "criterion": known.name,
        }
        if known.rubric:
            scope["rubric_version"] = known.rubric
        ground = Ground(scope=scope, n=one.extra.n)
        collector.add("criterion_severity", one.extra, ground)
        collector.add("criterion_severity_named", "yes" if stands else "no", ground)
    return frozenset(rater for (rater, _), stands in zip(found, named, strict=True) if stands)


def drift_figures(collector: Collector, modelled: Modelled, progress: Progress) -> list[Said]:
    """Add charts of change and the contrast of two halves of the time; needs times of reads."""
    times = _read_times(modelled)
    people = modelled.reads.rater != (-1 if modelled.reads.panel is None else modelled.reads.panel)
    if np.isnan(times[people]).any():
        return []
    said = _charts(collector, modelled, times)
    later = times > float(np.median(times[people]))
    _contrasts(collector, modelled, later & people, progress)
    return said


def _read_times(modelled: Modelled) -> Floats:
    """Return when each read of the model was; NaN for the panel's and where it is not told."""
    ratings, reads = modelled.ratings, modelled.reads
    width = len(ratings.assessors)
    keys = ratings.unit * width + ratings.assessor
    distinct, first = np.unique(keys, return_index=True)
    times = np.full(len(reads.packet), np.nan)
    times[: len(distinct)] = ratings.at[first]
    return times


def _charts(collector: Collector, modelled: Modelled, times: Floats) -> list[Said]:
    expected = _linked_times(modelled, times)
    residual = expected[1]
    spread = float(residual.std()) or 1.0
    weeks = arl(min(HALF_A_LEVEL / spread, 3.0), limit=LIMIT)
    said: list[Said] = []
    for rater in modelled.linked.raters:
        own = expected[0] == rater
        order = np.argsort(expected[2][own], kind="stable")
        when, steps = expected[2][own][order], residual[own][order] / spread
        name = modelled.ratings.assessors[int(rater)]
        ground = Ground(scope={"assessor": name}, n=len(steps))
        if len(steps) < max(_LEAST_CHARTED, collector.thresholds.linked_packets):
            continue
        chart = cusum(steps)
        collector.add("drift_up", float(chart.up.max()), ground)
        collector.add("drift_down", float(chart.down.max()), ground)
        if chart.alarm is None:
            length = (when[-1] - when[0]) / _WEEK_S
            rate = len(steps) / length if length else 0.0
            verdict = steady(name, _day(when[0]), ceil(weeks / rate) if rate else None)
        else:
            stricter = bool(chart.down[chart.alarm] > chart.up[chart.alarm])
            verdict = changed(name, _day(when[chart.alarm]), stricter=stricter)
        said.append(Said(about="drift", scope=ground.scope, verdict=verdict))
    return said


def _linked_times(modelled: Modelled, times: Floats) -> tuple[Floats, Floats, Floats]:
    """Return rater, mean residual in levels and time of every read others shared."""
    expected = modelled.expected
    reads, read = np.unique(expected.read, return_inverse=True)
    residual = expected.level - expected.mean
    sums = np.zeros(len(reads))
    np.add.at(sums, read, residual)
    mean = sums / np.bincount(read)
    own = _linked_rows(modelled)[reads]
    rater = modelled.reads.rater[own].astype(np.float64)
    return rater, mean, times[own]


def _linked_rows(modelled: Modelled) -> np.ndarray:
    """Return the place among all reads of every read of the linked fit."""
    counts = np.bincount(modelled.reads.packet)
    return np.flatnonzero(counts[modelled.reads.packet] > 1)


def _contrasts(collector: Collector, modelled: Modelled, later: Bools, progress: Progress) -> None:
    ground = Ground(scope={}, n=0)
    try:
        found = period_contrasts(modelled.reads, later, progress=progress)
    except NotComputableError as refusal:
        collector.refuse("period_change", refusal.reason, ground)
        return
    named = discoveries(
        np.array([one.p for one in found]), collector.thresholds.false_discovery_rate
    )
    shared = np.bincount(modelled.reads.rater[_linked_rows(modelled)], minlength=later.size)
    for one, stands in zip(found, named, strict=True):
        scope: dict[str, object] = {"assessor": modelled.ratings.assessors[one.rater]}
        own = Ground(scope=scope, n=int(shared[one.rater]))
        collector.add("period_change", one.change, own, {"named": "yes" if stands else "no"})


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
