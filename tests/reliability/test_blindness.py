"""Only blind first and random second reads enter an agreement figure (S13)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor_app.reliability.report.alike import criteria_alike, decisions_alike
from assessor_app.reliability.report.figures import Collector
from assessor_app.reliability.report.selection import comparable, for_model, independent
from assessor_app.reliability.report.table import (
    REASONS,
    Criterion,
    Ratings,
    ReadReason,
)
from assessor_app.reliability.thresholds import DEFAULTS

LEVELS = ("0", "1", "2")
CRITERIA = tuple(
    Criterion(rubric="", name=name, levels=LEVELS, values=(0.0, 1.0, 2.0), ordered=True)
    for name in ("C1", "C2")
)
UNITS, ASSESSORS = 6, 5
INDEPENDENT = {ReadReason.PRIMARY, ReadReason.RANDOM_SECOND}
Row = tuple[int, int, int, int, ReadReason, bool, int]


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Draw reads of packets: who, why, blind or not, which attempt, and the two levels."""
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, UNITS - 1), st.integers(0, ASSESSORS - 1)),
            min_size=1,
            max_size=24,
            unique=True,
        )
    )
    return [
        (
            unit,
            assessor,
            draw(st.integers(0, 2)),
            draw(st.integers(0, 2)),
            draw(st.sampled_from(REASONS)),
            draw(st.booleans()),
            draw(st.integers(1, 2)),
        )
        for unit, assessor in pairs
    ]


def ratings(rows: list[Row]) -> Ratings:
    entries = [
        (unit, assessor, criterion, level, REASONS.index(reason), blind, attempt)
        for unit, assessor, first, second, reason, blind, attempt in rows
        for criterion, level in enumerate((first, second))
    ]
    columns = np.array(entries, dtype=np.int64).reshape(-1, 7)
    return Ratings(
        unit=columns[:, 0],
        assessor=columns[:, 1],
        criterion=columns[:, 2],
        level=columns[:, 3],
        reason=columns[:, 4],
        blind=columns[:, 5] > 0,
        attempt=columns[:, 6],
        at=np.full(len(columns), np.nan),
        units=tuple(f"S-{unit}" for unit in range(UNITS)),
        unit_rubric=np.zeros(UNITS, dtype=np.int64),
        assessors=tuple(f"A-{assessor}" for assessor in range(ASSESSORS)),
        criteria=CRITERIA,
        rubrics=("",),
    )


def agreement(rows: list[Row]) -> list[Any]:
    """Return every agreement figure, refusal, verdict and chart row."""
    collector = Collector(thresholds=DEFAULTS, every=True)
    own = ratings(rows)
    said = criteria_alike(collector, own, 1)
    decided = decisions_alike(collector, own, np.array([1, 1]))
    return [collector.figures, collector.not_computable, said, decided]


def may_enter(row: Row) -> bool:
    return row[5] and row[4] in INDEPENDENT


@settings(max_examples=40, deadline=None)
@given(histories())
def test_other_reads_change_no_agreement_figure(rows: list[Row]) -> None:
    assert agreement(rows) == agreement([row for row in rows if may_enter(row)])


@pytest.mark.parametrize(
    ("reason", "blind"),
    [
        (ReadReason.ADJUDICATION, True),
        (ReadReason.CONDITIONAL_SECOND, True),
        (ReadReason.BACKREAD, True),
        (ReadReason.PRACTICE, True),
        (ReadReason.RANDOM_SECOND, False),
    ],
)
def test_a_read_that_may_not_enter_leaves_a_packet_single(
    reason: ReadReason, *, blind: bool
) -> None:
    first: Row = (0, 0, 1, 1, ReadReason.PRIMARY, True, 1)
    other: Row = (0, 1, 2, 2, reason, blind, 1)
    random: Row = (0, 2, 1, 1, ReadReason.RANDOM_SECOND, True, 1)

    figures = agreement([first, other])[0]
    assert [one for one in figures if one.name == "percent_agreement"] == []
    with_random = agreement([first, other, random])[0]
    assert next(one for one in with_random if one.name == "percent_agreement").value == 1


@settings(max_examples=40, deadline=None)
@given(histories())
def test_what_is_not_blind_enters_nothing(rows: list[Row]) -> None:
    own = ratings(rows)
    for chosen in (independent(own), comparable(own), for_model(own)):
        assert chosen.blind.all()
        assert REASONS.index(ReadReason.ADJUDICATION) not in chosen.reason
        assert REASONS.index(ReadReason.PRACTICE) not in chosen.reason
        assert REASONS.index(ReadReason.BACKREAD) not in chosen.reason
    assert REASONS.index(ReadReason.CONDITIONAL_SECOND) not in comparable(own).reason
    assert (for_model(own).attempt == 1).all()
