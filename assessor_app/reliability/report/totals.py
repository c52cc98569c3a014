"""Figures of totals over criteria: variance components and what more reads would buy."""

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints, sums
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.generalizability import Nested, nested_components, reml
from assessor_app.reliability.panel import PAIR
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.selection import read_numbers
from assessor_app.reliability.report.table import Ratings

MOST_READS = 4
_NOTHING = 1e-9


def total_figures(collector: Collector, ratings: Ratings, rubric: int) -> None:
    """Add the components of the sum of ranks under one rubric version, and the D study."""
    values, subject, rater, names = _totals(ratings, rubric)
    reads = np.bincount(subject, minlength=1)
    scope: dict[str, object] = {}
    if len(ratings.rubrics) > 1:
        scope["rubric_version"] = ratings.rubrics[rubric]
    ground = Ground(scope=scope, n=int((reads >= PAIR).sum()))
    try:
        found = reml(values, subject, rater)
    except NotComputableError as refusal:
        collector.refuse("reml_variance_total_score", refusal.reason, ground)
        return
    components = {
        "submission": found.submission,
        "scorer": found.rater,
        "residual": found.residual,
    }
    for component, value in components.items():
        collector.add("reml_variance_total_score", value, ground, {"component": component})
    collector.add("reml_mean_total_score", found.mean, ground)
    collector.add("reml_criterion", found.criterion, ground)
    effects = tuple(float(effect) for effect in found.effects)
    collector.add("scorer_blup_total_score", effects, ground, {"assessors": names})
    for reads_planned in range(1, MOST_READS + 1):
        params = {"n_raters": reads_planned}
        if found.submission < _NOTHING:
            collector.refuse("Phi", Reason.NO_VARIATION, ground, params)
            continue
        collector.add("Erho2", found.erho2(reads_planned), ground, params)
        collector.add("Phi", found.phi(reads_planned), ground, params)


def judge_totals(collector: Collector, ratings: Ratings) -> None:
    """Add the sum of numeric levels each assessor gave, with `every` alone."""
    if not collector.every or any(np.isnan(one.values).any() for one in ratings.criteria):
        return
    values = _numbers(ratings)
    totals = sums(ratings.assessor, values, len(ratings.assessors))
    collector.add(
        "judge_totals",
        tuple(float(total) for total in totals),
        Ground(scope={}, n=len(values)),
        {"assessors": list(ratings.assessors)},
    )


def nested_figures(collector: Collector, ratings: Ratings) -> None:
    """Add the components of tasks with their own assessors, if the ratings are such a design.

    Every criterion is a task; each assessor read one task and every submission of it.
    """
    table = _nested_table(ratings)
    if table is None:
        return
    found = nested_components(table)
    ground = Ground(scope={"design": "p x (r:t)"}, n=table.shape[0] * table.shape[1])
    for component in ("person", "task", "rater_in_task", "person_task", "residual"):
        value = float(getattr(found, component))
        collector.add("variance_component", value, ground, {"component": component})
    own = {"n_tasks": table.shape[1], "n_raters": table.shape[2]}
    collector.add("rel_error_var", found.rel_error_var(**own), ground, own)
    collector.add("abs_error_var", found.abs_error_var(**own), ground, own)
    _study(collector, found, ground, (table.shape[1], table.shape[2]))


def _study(collector: Collector, found: Nested, ground: Ground, design: tuple[int, int]) -> None:
    for n_tasks in sorted({1, design[0]}):
        for n_raters in range(1, max(MOST_READS, design[1]) + 1):
            params = {"n_tasks": n_tasks, "n_raters": n_raters}
            collector.add("Erho2", found.erho2(n_tasks, n_raters), ground, params)
            collector.add("Phi", found.phi(n_tasks, n_raters), ground, params)


def _nested_table(ratings: Ratings) -> Floats | None:
    tasks, units = len(ratings.criteria), len(ratings.units)
    pairs = np.unique(ratings.criterion * len(ratings.assessors) + ratings.assessor)
    task_of = pairs // len(ratings.assessors)
    own = np.bincount(task_of, minlength=tasks)
    nested = len(pairs) == len(ratings.assessors)
    complete = len(ratings.unit) == units * len(pairs)
    numeric = not any(np.isnan(one.values).any() for one in ratings.criteria)
    large = min(tasks, units, int(own.min())) >= PAIR
    if not (nested and complete and numeric and large and (own == own[0]).all()):
        return None
    rater_place = np.empty(len(ratings.assessors), dtype=np.int64)
    rater_place[pairs % len(ratings.assessors)] = np.arange(len(pairs)) % own[0]
    table = np.empty((units, tasks, int(own[0])))
    table[ratings.unit, ratings.criterion, rater_place[ratings.assessor]] = _numbers(ratings)
    return table


def _numbers(ratings: Ratings) -> Floats:
    """Return the number behind every rating, shape (n_ratings,)."""
    widest = max(len(one.levels) for one in ratings.criteria)
    values = np.full((len(ratings.criteria), widest), np.nan)
    for place, one in enumerate(ratings.criteria):
        values[place, : len(one.values)] = one.values
    return values[ratings.criterion, ratings.level]


def _totals(ratings: Ratings, rubric: int) -> tuple[Floats, Ints, Ints, list[str]]:
    """Return the sum of ranks of every read that rated all criteria of the rubric."""
    own = ratings.chosen(ratings.unit_rubric[ratings.unit] == rubric)
    read, unit, assessor = read_numbers(own)
    wanted = sum(1 for one in ratings.criteria if one.rubric == ratings.rubrics[rubric])
    whole = np.bincount(read, minlength=len(unit)) == wanted
    totals = sums(read, own.level.astype(np.float64), len(unit))
    _, subject = np.unique(unit[whole], return_inverse=True)
    raters, rater = np.unique(assessor[whole], return_inverse=True)
    names = [ratings.assessors[int(one)] for one in raters]
    return (
        totals[whole],
        subject.astype(np.int64),
        rater.astype(np.int64),
        names,
    )
