"""Same levels and same determination: figures, verdicts and chart rows of double reads."""

import numpy as np

from assessor_app.reliability.agreement import fleiss_kappa, gwet_ac1, percent_agreement
from assessor_app.reliability.arrays import Bools, Ints
from assessor_app.reliability.errors import Reason
from assessor_app.reliability.estimate import wilson_ci95
from assessor_app.reliability.panel import PAIR, Panel, unit_counts
from assessor_app.reliability.report.agreement import agreement_figures, ground_of
from assessor_app.reliability.report.figures import Collector, Ground
from assessor_app.reliability.report.selection import (
    awards,
    first_two,
    independent,
    panel_of,
    reading_order,
)
from assessor_app.reliability.report.table import Ratings
from assessor_app.reliability.report.verdict_list import CriterionRow, CrossTable, Said
from assessor_app.reliability.two_raters import mcnemar_exact_p, two_by_two
from assessor_app.reliability.verdicts import (
    CriterionCounts,
    Minority,
    Verdict,
    not_enough,
    one_sided,
    read_alike,
    same_decision,
)


def scope_of(ratings: Ratings, criterion: int) -> dict[str, object]:
    """Return what the figures of a criterion speak of."""
    known = ratings.criteria[criterion]
    scope: dict[str, object] = {"criterion": known.name}
    if known.rubric:
        scope["rubric_version"] = known.rubric
    return scope


def _shown_name(ratings: Ratings, criterion: int) -> str:
    """Return the name of a criterion, with its rubric version where there are several."""
    known = ratings.criteria[criterion]
    return f"{known.name} (rubric {known.rubric})" if len(ratings.rubrics) > 1 else known.name


def criteria_alike(
    collector: Collector, ratings: Ratings, seed: int
) -> tuple[list[Said], list[CriterionRow], list[CrossTable]]:
    """Add the figures of every criterion, and return verdicts and chart rows."""
    own = independent(ratings)
    said: list[Said] = []
    rows: list[CriterionRow] = []
    tables: list[CrossTable] = []
    for place, known in enumerate(own.criteria):
        scope = scope_of(own, place)
        panel, ground = panel_of(own, place), ground_of(own, place, scope)
        agreement_figures(collector, panel, known, ground, seed)
        table = _first_by_second(own, place)
        counts = _counts(own, place, table, ground)
        verdict = read_alike(counts, collector.thresholds)
        said.append(Said(about="criterion", scope=scope, verdict=verdict))
        enough = counts.n >= collector.thresholds.percentages_from
        rows.append(
            CriterionRow(
                rubric=known.rubric,
                name=_shown_name(own, place),
                word=verdict.word,
                agreeing=counts.agreeing,
                n=counts.n,
                interval=wilson_ci95(counts.agreeing, counts.n) if enough else None,
            )
        )
        tables.append(
            CrossTable(
                rubric=known.rubric,
                name=_shown_name(own, place),
                levels=known.levels,
                counts=tuple(tuple(int(cell) for cell in row) for row in table),
            )
        )
    return said, rows, tables


def _first_by_second(ratings: Ratings, criterion: int) -> Ints:
    own = ratings.chosen(ratings.criterion == criterion)
    first, second = first_two(own.unit, reading_order(own))
    n_levels = len(own.criteria[criterion].levels)
    flat = np.bincount(own.level[first] * n_levels + own.level[second], minlength=n_levels**2)
    return flat.reshape(n_levels, n_levels).astype(np.int64)


def _counts(ratings: Ratings, criterion: int, table: Ints, ground: Ground) -> CriterionCounts:
    known = ratings.criteria[criterion]
    levels = ratings.level[ratings.criterion == criterion]
    uses = np.bincount(levels, minlength=len(known.levels))
    apart = np.triu(table + table.T, 1)
    between = None
    if apart.any():
        low, high = np.unravel_index(int(apart.argmax()), apart.shape)
        between = (known.levels[high], known.levels[low], int(apart[low, high]))
    return CriterionCounts(
        agreeing=int(np.trace(table)),
        n=int(table.sum()),
        n_levels=len(known.levels),
        top_level=known.levels[int(uses.argmax())],
        top_share=ground.top_share,
        between=between,
    )


def decisions_alike(
    collector: Collector, ratings: Ratings, required: Ints
) -> tuple[list[Said], tuple[int, int]]:
    """Add the figures of determinations, and return verdicts and (agreeing, double reads)."""
    own = independent(ratings)
    awarded, known, unit, assessor = awards(own, required)
    panel, table = _determinations(own, (awarded, known, unit, assessor))
    double = int((unit_counts(panel).sum(axis=1) >= PAIR).sum())
    share = float(awarded[known].mean()) if known.any() else 0.0
    ground = Ground(scope={}, n=double, top_share=max(share, 1 - share))
    collector.compute("decision_agreement", lambda: percent_agreement(panel), ground)
    collector.compute("decision_kappa", lambda: fleiss_kappa(panel), ground)
    collector.compute("decision_ac1", lambda: gwet_ac1(panel), ground)
    agreeing, n = int(np.trace(table)), int(table.sum())
    if n:
        _two_by_two(collector, table, ground)
    verdict = same_decision(agreeing, n, collector.thresholds)
    if n >= collector.thresholds.percentages_from:
        hint = one_sided(_minority(table, share), collector.thresholds)
        verdict = Verdict(word=verdict.word, sentence=f"{verdict.sentence} {hint}".strip())
    return [Said(about="decision", scope={}, verdict=verdict)], (agreeing, n)


def no_double_reads(collector: Collector) -> Said:
    """Return the verdict of a file in which nothing was read twice."""
    verdict = not_enough(0, collector.thresholds)
    return Said(about="decision", scope={}, verdict=verdict)


def _determinations(ratings: Ratings, found: tuple[Bools, Bools, Ints, Ints]) -> tuple[Panel, Ints]:
    """Return determinations as a panel of two levels, and first by second read, award first."""
    awarded, known, unit, assessor = found
    awarded, unit, assessor = awarded[known], unit[known], assessor[known]
    _, place = np.unique(unit, return_inverse=True)
    raters, rater = np.unique(assessor, return_inverse=True)
    panel = Panel(
        unit=place.astype(np.int64),
        rater=rater.astype(np.int64),
        level=awarded.astype(np.int64),
        n_units=int(place.max(initial=-1)) + 1,
        n_raters=len(raters),
        n_levels=PAIR,
        values=np.array([0.0, 1.0]),
    )
    first, second = first_two(unit, _read_order(ratings, unit, assessor))
    denied = 1 - awarded.astype(np.int64)
    flat = np.bincount(denied[first] * PAIR + denied[second], minlength=PAIR**2)
    return panel, flat.reshape(PAIR, PAIR).astype(np.int64)


def _read_order(ratings: Ratings, unit: Ints, assessor: Ints) -> Ints:
    """Return reads in the order in which their ratings come."""
    width = len(ratings.assessors)
    order = reading_order(ratings)
    keys = ratings.unit[order] * width + ratings.assessor[order]
    distinct, when = np.unique(keys, return_index=True)
    own = np.searchsorted(distinct, unit * width + assessor)
    return np.argsort(when[own], kind="stable").astype(np.int64)


def _two_by_two(collector: Collector, table: Ints, ground: Ground) -> None:
    found = two_by_two(table)
    for name, value in (
        ("decision_positive_agreement", found.positive_agreement),
        ("decision_negative_agreement", found.negative_agreement),
    ):
        if value is not None:
            collector.add(name, value, ground)
        else:
            collector.refuse(name, Reason.NO_CASES, ground)
    collector.add("decision_mcnemar_p", mcnemar_exact_p(table), ground)


def _minority(table: Ints, share: float) -> Minority:
    both_award, both_deny = int(table[0, 0]), int(table[1, 1])
    n = int(table.sum())
    if share >= 0.5:  # noqa: PLR2004 (the commoner half)
        return Minority(
            name="denials",
            named_by_any=n - both_award,
            named_by_both=both_deny,
            share_of_other=share,
            of_other="award",
        )
    return Minority(
        name="awards",
        named_by_any=n - both_deny,
        named_by_both=both_award,
        share_of_other=1 - share,
        of_other="deny",
    )
