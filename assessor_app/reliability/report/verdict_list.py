"""Verdicts with what they speak of, and the rows charts are drawn from."""

from dataclasses import dataclass

from assessor_app.reliability.estimate import Interval
from assessor_app.reliability.report.figures import Params
from assessor_app.reliability.verdicts import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict about something.

    Attributes:
        about: decision, criterion, severity, drift, assignment or definitive.
        scope: What it speaks of.
        verdict: The word and the sentences.
    """

    about: str
    scope: Params
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One line of the chart "Do we read the rubric alike?"."""

    rubric: str
    name: str
    word: Word
    agreeing: int
    n: int
    interval: Interval | None

    @property
    def share(self) -> float:
        """Return the share that agreed; 0 without a double read."""
        return self.agreeing / self.n if self.n else 0.0

    @property
    def flagged(self) -> bool:
        """Tell whether it asks for something."""
        return self.word is Word.OFTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorRow:
    """One line of the chart "Who is stricter or more lenient?"; rubric levels."""

    name: str
    word: Word
    value: float
    interval: Interval
    reads: int

    @property
    def enough(self) -> bool:
        """Tell whether there are enough shared packets to say anything."""
        return self.word is not Word.NOT_ENOUGH

    @property
    def flagged(self) -> bool:
        """Tell whether the assessor is named."""
        return self.enough and self.word is not Word.PANEL


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTable:
    """First by second read of one criterion, lowest level first."""

    rubric: str
    name: str
    levels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def differing(self) -> int:
        """Return how many packets got different levels."""
        return sum(
            count
            for row, counts in enumerate(self.counts)
            for column, count in enumerate(counts)
            if row != column
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Everything the charts of a report show."""

    decision: tuple[int, int] | None
    criteria: tuple[CriterionRow, ...]
    assessors: tuple[AssessorRow, ...]
    relative_to: str
    cross: tuple[CrossTable, ...]
