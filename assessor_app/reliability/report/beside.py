"""Figures and verdicts of ratings beside definitive ones."""

import numpy as np

from assessor_app.reliability.arrays import Bools, Ints
from assessor_app.reliability.definitive import against_definitive, decision_rates, qwk
from assessor_app.reliability.errors import Reason
from assessor_app.reliability.report.alike import scope_of
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.selection import awards, comparable
from assessor_app.reliability.report.table import Ratings


def definitive_figures(
    collector: Collector, ratings: Ratings, definitive: Ratings, required: Ints | None
) -> None:
    """Add the comparisons with definitive ratings: of levels and of determinations."""
    own = comparable(ratings)
    width = len(own.criteria)
    known = np.full(len(own.units) * width, -1, dtype=np.int64)
    known[definitive.unit * width + definitive.criterion] = definitive.level
    target = known[own.unit * width + own.criterion]
    own, target = own.chosen(target >= 0), target[target >= 0]
    if not len(target):
        collector.refuse("exact", Reason.NO_CASES, Ground(scope={}, n=0))
        return
    for criterion in np.unique(own.criterion):
        of_criterion = own.criterion == criterion
        scope = scope_of(own, int(criterion))
        _levels(collector, own, target, of_criterion, scope)
        for assessor in np.unique(own.assessor[of_criterion]):
            both = of_criterion & (own.assessor == assessor)
            named: dict[str, object] = {**scope, "assessor": own.assessors[assessor]}
            _levels(collector, own, target, both, named)
    if required is not None:
        _determinations(collector, own, definitive, required)


def _levels(
    collector: Collector, own: Ratings, target: Ints, chosen: Bools, scope: dict[str, object]
) -> None:
    given, wanted = own.level[chosen], target[chosen]
    ground = Ground(scope=scope, n=len(given))
    known = own.criteria[int(own.criterion[chosen][0])]
    found = against_definitive(given, wanted)
    collector.add("exact", found.exact, ground)
    if not known.ordered:
        return
    collector.add("adjacent_or_exact", found.adjacent_or_exact, ground)
    collector.add("mean_signed_difference", found.mean_signed_difference, ground)
    collector.add("mean_absolute_difference", found.mean_absolute_difference, ground)
    collector.compute("qwk", lambda: qwk(given, wanted, len(known.levels)), ground)


def _determinations(
    collector: Collector, own: Ratings, definitive: Ratings, required: Ints
) -> None:
    awarded, told, unit, assessor = awards(own, required)
    deserved, sure, seed, _ = awards(definitive, required)
    verdict = np.full(len(own.units), -1, dtype=np.int64)
    verdict[seed[sure]] = deserved[sure]
    usable = told & (verdict[unit] >= 0)
    awarded, assessor = awarded[usable], assessor[usable]
    wanted = verdict[unit[usable]] > 0
    _rates(collector, awarded, wanted, {})
    for one in np.unique(assessor):
        scope: dict[str, object] = {"assessor": own.assessors[one]}
        _rates(collector, awarded[assessor == one], wanted[assessor == one], scope)


def _rates(collector: Collector, awarded: Bools, wanted: Bools, scope: dict[str, object]) -> None:
    ground = Ground(scope=scope, n=len(awarded))
    if not len(awarded):
        collector.refuse("sensitivity_award", Reason.NO_CASES, ground)
        return
    found = decision_rates(awarded, wanted)
    deserving = int(wanted.sum())
    hits = deserving - found.false_denials
    rest = len(wanted) - deserving
    for name, rate, params in (
        ("sensitivity", found.sensitivity, {"tp": hits, "fn": found.false_denials}),
        (
            "specificity",
            found.specificity,
            {"tn": rest - found.false_awards, "fp": found.false_awards},
        ),
    ):
        own = Ground(scope=scope, n=sum(params.values()))
        if rate is None:
            collector.refuse(f"{name}_award", Reason.NO_CASES, own, params)
            continue
        collector.add(f"{name}_award", rate, own, params)
        collector.add(f"{name}_wilson95", rate.interval or (), own)
    collector.add("false_awards", float(found.false_awards), ground)
    collector.add("false_denials", float(found.false_denials), ground)
