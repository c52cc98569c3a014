"""The report as a page for people: headline, charts with their tables, principles, methods.

Says what stands on the page, not how it looks; `html_page` and `pdf_page` do that.
"""

from dataclasses import dataclass

from assessor_app.reliability.estimate import Interval, wilson_ci95
from assessor_app.reliability.report.assemble import ENGINE, Report
from assessor_app.reliability.report.verdict_list import (
    AssessorRow,
    CriterionRow,
    CrossTable,
    Said,
)
from assessor_app.reliability.verdicts import Word, percent

_ALIKE = {Word.ALIKE, Word.MOSTLY}
_BLIND = (
    "Only blind first reads and random second reads enter an agreement figure. Adjudications, "
    "second reads asked for because of the first, and reads that saw another never do."
)
_RANGES = (
    "Ranges hold the true value with 95 % probability. A verdict follows from the lower end of a "
    "range, never from the middle."
)
_COMPARED = (
    "Assessors are compared on shared packets by a many-facet model that tells severity from the "
    "difficulty of the work; nobody is named without control of false alarms."
)
_SAID = {"decision", "assignment"}
_TO_DO = {
    Word.OFTEN,
    Word.SOMETIMES,
    Word.STRICTER,
    Word.LENIENT,
    Word.MUCH_STRICTER,
    Word.MUCH_LENIENT,
    Word.NOT_LINKED,
    Word.CHANGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of the headline answers."""

    answer: str
    question: str
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What stands on the page.

    Attributes:
        about: Lines under the title: what was looked at.
        cards: The headline.
        criteria: Lines of the first chart, in the order of the rubric.
        assessors: Lines of the second chart, strictest first.
        relative_to: What assessors are compared with.
        cross: The criterion with the weakest agreement; None without double reads.
        hint: Whether a criterion points to its descriptor; may be empty.
        sentences: What to know and to do.
        principles: Name of the principle and what this report shows for it.
        methods: How the numbers were made.
    """

    about: tuple[str, ...]
    cards: tuple[Card, ...]
    criteria: tuple[CriterionRow, ...]
    assessors: tuple[AssessorRow, ...]
    relative_to: str
    cross: CrossTable | None
    hint: str
    sentences: tuple[str, ...]
    principles: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]


def document(found: Report, warnings: tuple[str, ...]) -> Document:
    """Return the page of a report."""
    charts = found.charts
    enough = [row for row in charts.criteria if row.interval]
    weakest = min(enough, key=_lower, default=None)
    cross = next(
        (
            table
            for table in charts.cross
            if weakest and (table.rubric, table.name) == (weakest.rubric, weakest.name)
        ),
        None,
    )
    flagged = [row.name for row in charts.criteria if row.flagged]
    hint = ""
    if flagged and weakest:
        hint = (
            f"Assessors part ways most on {weakest.name}: if most of them do, that points to its "
            f"descriptor, not to a person."
        )
    return Document(
        about=_about(found),
        cards=_cards(found, weakest),
        criteria=charts.criteria,
        assessors=charts.assessors,
        relative_to=charts.relative_to,
        cross=cross,
        hint=hint,
        sentences=_sentences(found),
        principles=_principles(found),
        methods=_methods(found, warnings),
    )


def _sentences(found: Report) -> tuple[str, ...]:
    """Return what asks for something, and in one line that the rest is steady."""
    lines = [
        _named(said)
        for said in found.verdicts
        if said.about in _SAID or said.verdict.word in _TO_DO
    ]
    drift = [said.verdict.word for said in found.verdicts if said.about == "drift"]
    if drift:
        steady = drift.count(Word.STEADY)
        lines.append(f"No sign of change over time in {steady} of {len(drift)} assessors.")
    return tuple(lines)


def _named(said: Said) -> str:
    """Return the sentence, with its criterion in front."""
    criterion = said.scope.get("criterion")
    return f"{criterion}: {said.verdict.sentence}" if criterion else said.verdict.sentence


def likely(interval: Interval | None) -> str:
    """Return the range of a share in words; empty without one."""
    if interval is None:
        return "too few to tell"
    return f"likely {percent(interval[0])} to {percent(interval[1])}"


def level_range(interval: Interval) -> str:
    """Return the range of a severity in rubric levels."""
    return f"{levels_given(interval[0])} to {levels_given(interval[1])}"


def levels_given(value: float) -> str:
    """Return a severity in rubric levels with its sign."""
    return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")


def _lower(row: CriterionRow) -> float:
    return row.interval[0] if row.interval else 1.0


def _about(found: Report) -> tuple[str, ...]:
    lines = [
        (
            f"{found.n_ratings} ratings of {found.n_units} submissions by {found.n_assessors} "
            f"assessors."
        )
    ]
    versions = [version for version in found.rubrics if version]
    if versions:
        lines.append(f"Rubric version {', '.join(versions)}.")
    if found.period:
        lines.append(f"Reads from {found.period[0]} to {found.period[1]}.")
    return tuple(lines)


def _cards(found: Report, weakest: CriterionRow | None) -> tuple[Card, ...]:
    charts = found.charts
    cards: list[Card] = []
    if charts.decision and charts.decision[1] >= found.thresholds.percentages_from:
        agreeing, n = charts.decision
        cards.append(
            Card(
                answer=f"{agreeing} of {n}",
                question="second reads led to the same recommendation",
                range=likely(wilson_ci95(agreeing, n)),
            )
        )
    told = [row for row in charts.criteria if row.word is not Word.NOT_ENOUGH]
    if told and weakest:
        alike = sum(1 for row in told if row.word in _ALIKE)
        cards.append(
            Card(
                answer=f"{alike} of {len(told)}",
                question="criteria are read alike or mostly alike",
                range=f"Start with {weakest.name}",
            )
        )
    enough = [row for row in charts.assessors if row.enough]
    if enough:
        named = [row for row in enough if row.flagged]
        cards.append(
            Card(
                answer=f"{len(named)} of {len(enough)}",
                question=f"assessors differ from {charts.relative_to} on the same work",
                range=", ".join(row.name for row in named) or "nobody stands out",
            )
        )
    return tuple(cards)


def _principles(found: Report) -> tuple[tuple[str, str], ...]:
    charts = found.charts
    enough = sum(1 for row in charts.assessors if row.enough)
    named = sum(1 for row in charts.assessors if row.flagged)
    qualified = (
        f"{enough} of {found.n_assessors} assessors share enough packets with others to be "
        f"compared; {named} of them differ and are named above with a next step."
        if enough
        else "No assessor shares enough packets with others yet; assign shared packets or seeds."
    )
    double = max((row.n for row in charts.criteria), default=0)
    reliable = (
        f"Up to {double} packets were read twice, each read blind to the other. Agreement is "
        f"given with its range and its count; where there is too little evidence nothing is shown."
    )
    return (
        ("N, assessors are qualified", qualified),
        ("O, ratings are reliable and reviewed periodically", reliable),
    )


def _methods(found: Report, warnings: tuple[str, ...]) -> tuple[str, ...]:
    t = found.thresholds
    held = len({one.name for one in found.held_back})
    set_on = f", {t.set_on}" if t.set_on else ""
    lines = [
        _BLIND,
        _RANGES,
        _COMPARED,
        (
            f"Thresholds: {t.set_by}{set_on}. Same recommendation: dependable from "
            f"{percent(t.decision_dependable)}, usable from {percent(t.decision_usable)}."
        ),
        f"{held} kinds of figures are held back for want of reads."
        if held
        else "No figure is held back.",
        f"{ENGINE}, seed {found.seed}. The same file and version give the same report.",
    ]
    return (*lines, *warnings)
