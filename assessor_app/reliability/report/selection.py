"""Which reads may enter which figure. What is not blind or not random never counts as agreement."""

import numpy as np

from assessor_app.reliability.arrays import Bools, Ints
from assessor_app.reliability.facets.reads import Reads
from assessor_app.reliability.panel import Panel
from assessor_app.reliability.report.table import REASONS, Ratings, ReadReason


def independent(ratings: Ratings) -> Ratings:
    """Return the ratings that may enter an agreement figure: blind first and random second reads.

    Not a read that saw another, an adjudication, or a second read asked for because of the first;
    nor seeds and qualification packets, which are chosen for what is known of them.
    """
    chosen = ratings.has_reason(ReadReason.PRIMARY, ReadReason.RANDOM_SECOND)
    return ratings.chosen(ratings.blind & chosen)


def comparable(ratings: Ratings) -> Ratings:
    """Return the ratings that may be compared with definitive ones."""
    chosen = ratings.has_reason(
        ReadReason.PRIMARY, ReadReason.RANDOM_SECOND, ReadReason.SEED, ReadReason.QUALIFICATION
    )
    return ratings.chosen(ratings.blind & chosen)


def for_model(ratings: Ratings) -> Ratings:
    """Return the ratings that may enter the many-facet model: blind reads of first submissions.

    A conditional second read may: the model sees the first read it depends on.
    """
    chosen = ratings.has_reason(
        ReadReason.PRIMARY,
        ReadReason.RANDOM_SECOND,
        ReadReason.CONDITIONAL_SECOND,
        ReadReason.SEED,
        ReadReason.QUALIFICATION,
    )
    return ratings.chosen(ratings.blind & chosen & (ratings.attempt == 1))


def panel_of(ratings: Ratings, criterion: int) -> Panel:
    """Return the ratings of one criterion as a panel of those who rated it."""
    own = ratings.criterion == criterion
    _, unit = np.unique(ratings.unit[own], return_inverse=True)
    raters, rater = np.unique(ratings.assessor[own], return_inverse=True)
    known = ratings.criteria[criterion]
    return Panel(
        unit=unit.astype(np.int64),
        rater=rater.astype(np.int64),
        level=ratings.level[own],
        n_units=int(unit.max(initial=-1)) + 1,
        n_raters=len(raters),
        n_levels=len(known.levels),
        values=np.array(known.values),
    )


def read_numbers(ratings: Ratings) -> tuple[Ints, Ints, Ints]:
    """Return the reads behind the ratings: one assessor at one unit.

    Returns:
        The read of each rating, shape (n_ratings,); the unit and the assessor of each read.
    """
    width = len(ratings.assessors)
    keys, read = np.unique(ratings.unit * width + ratings.assessor, return_inverse=True)
    return read.astype(np.int64), keys // width, keys % width


def awards(ratings: Ratings, required: Ints) -> tuple[Bools, Bools, Ints, Ints]:
    """Return the determination of every read by the award rule.

    Args:
        ratings: Any ratings.
        required: Shape (n_criteria,), least rank; 0 asks nothing.

    Returns:
        Whether awarded and whether it can be told (every criterion that asks something was
        rated), shape (n_reads,) each; the unit and the assessor of each read.
    """
    read, unit, assessor = read_numbers(ratings)
    asked = np.zeros(len(ratings.rubrics), dtype=np.int64)
    rubric_of = {rubric: place for place, rubric in enumerate(ratings.rubrics)}
    for place, criterion in enumerate(ratings.criteria):
        asked[rubric_of[criterion.rubric]] += required[place] > 0
    needs = required[ratings.criterion] > 0
    met = needs & (ratings.level >= required[ratings.criterion])
    n = len(unit)
    rated = np.bincount(read[needs], minlength=n)
    reached = np.bincount(read[met], minlength=n)
    wanted = asked[ratings.unit_rubric[unit]]
    return reached == wanted, (rated == wanted) & (wanted > 0), unit, assessor


def model_reads(ratings: Ratings, definitive: Ratings | None) -> Reads:
    """Return the reads for the many-facet model, the definitive panel as one more rater.

    Args:
        ratings: From `for_model`.
        definitive: Definitive ratings of the same units, if any.
    """
    read, unit, assessor = read_numbers(ratings)
    levels = np.full((len(unit), len(ratings.criteria)), -1, dtype=np.int64)
    levels[read, ratings.criterion] = ratings.level
    n_raters, panel = len(ratings.assessors), None
    if definitive is not None:
        known = definitive.chosen(np.isin(definitive.unit, unit))
        seed, seed_unit, _ = read_numbers(known)
        if len(seed_unit):
            own = np.full((len(seed_unit), len(ratings.criteria)), -1, dtype=np.int64)
            own[seed, known.criterion] = known.level
            panel, n_raters = n_raters, n_raters + 1
            levels = np.concatenate([levels, own])
            unit = np.concatenate([unit, seed_unit])
            assessor = np.concatenate([assessor, np.full(len(seed_unit), panel)])
    rubric_of = {rubric: place for place, rubric in enumerate(ratings.rubrics)}
    _, packet = np.unique(unit, return_inverse=True)
    return Reads(
        packet=packet.astype(np.int64),
        rater=assessor,
        levels=levels,
        n_levels=np.array([len(criterion.levels) for criterion in ratings.criteria]),
        rubric=np.array([rubric_of[criterion.rubric] for criterion in ratings.criteria]),
        n_raters=n_raters,
        panel=panel,
        caseload=_caseload(ratings, unit),
    )


def _caseload(ratings: Ratings, unit: Ints) -> Ints:
    """Return to whom the packet of each read was assigned first; -1 unless exactly one is known."""
    first = ratings.chosen(ratings.has_reason(ReadReason.PRIMARY))
    _, of_read, assessor = read_numbers(first)
    known = np.full(len(ratings.units), -1, dtype=np.int64)
    known[of_read] = assessor
    known[np.bincount(of_read, minlength=len(ratings.units)) > 1] = -1
    return known[unit]


def first_two(unit: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Return the first and the second entry of every unit that has two.

    Args:
        unit: Shape (n,), the unit of each entry.
        order: Shape (n,), entries in the order of reading.

    Returns:
        Places of the first and of the second entry, shape (n_double,) each, by unit.
    """
    ordered = order[np.argsort(unit[order], kind="stable")]
    units = unit[ordered]
    starts = np.flatnonzero(np.diff(units, prepend=-1))
    counts = np.diff(np.append(starts, len(units)))
    double = starts[counts > 1]
    return ordered[double], ordered[double + 1]


def reading_order(ratings: Ratings) -> Ints:
    """Return the ratings in the order of reading: first reads, then by time, then by name."""
    second = ratings.reason != REASONS.index(ReadReason.PRIMARY)
    time = np.nan_to_num(ratings.at, nan=0.0)
    return np.lexsort((ratings.assessor, time, second)).astype(np.int64)
