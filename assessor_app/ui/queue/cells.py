"""What the queue says of one packet, cell by cell, in words and icons."""

from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import OutboxState, ReviewPlace
from assessor_app.domain.packet import ArtifactState
from assessor_app.ui.amounts import part_of, size
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import day
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup, QueueRow


class Column(IntEnum):
    """The columns of the queue, from the left."""

    TITLE = 0
    SUBMISSION = 1
    DUE = 2
    LAPTOP = 3
    REVIEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: words, a second line, an icon; `share` or `done` of `of` make a progress.

    `short` stands in for `text` where there is little room.
    """

    text: str
    short: str = ""
    detail: str = ""
    icon: str = ""
    tone: Tone = Tone.PLAIN
    share: float | None = None
    done: int = 0
    of: int = 0
    is_quiet: bool = False


def heading(column: Column) -> str:
    """Return the name of a column."""
    names = {
        Column.TITLE: _tr("Micro-credential"),
        Column.SUBMISSION: _tr("Submission"),
        Column.DUE: _tr("Due in"),
        Column.LAPTOP: _tr("On this laptop"),
        Column.REVIEW: _tr("Review"),
    }
    return names[column]


def cells_of(row: QueueRow, *, is_fetching: bool, found: str = "") -> tuple[Cell, ...]:
    """Return the cells of a row; `found` is where a search found what was typed."""
    return (
        Cell(text=row.title, detail=found),
        Cell(text=row.submission),
        _due(row),
        _on_laptop(row, is_fetching=is_fetching),
        _review(row),
    )


def spoken(cell: Cell) -> str:
    """Return a cell as a screen reader says it."""
    return ", ".join(part for part in (cell.text, cell.detail) if part)


def _due(row: QueueRow) -> Cell:
    left = row.days_left
    if left == 0:
        text = short = _tr("today")
    elif left > 0:
        text = _tr("1 business day") if left == 1 else _tr("{0} business days").format(left)
        short = _tr("1 day") if left == 1 else _tr("{0} days").format(left)
    else:
        text = _tr("1 business day over") if left == -1 else _tr("{0} days over").format(-left)
        short = _tr("over")
    is_late = left < 0 and row.place is not ReviewPlace.RECEIVED
    tone = Tone.WARN if is_late else Tone.PLAIN
    return Cell(text=text, short=short, detail=day(row.due_on), tone=tone)


def _on_laptop(row: QueueRow, *, is_fetching: bool) -> Cell:
    if row.on_laptop is OnLaptop.READY:
        return Cell(text=_tr("Ready"), detail=_absent(row), icon="circle-check", tone=Tone.OK)
    if row.place is ReviewPlace.RECEIVED:
        return Cell(text=_tr("Not kept here"), icon="cloud", is_quiet=True)
    if row.fetched_bytes and row.size_bytes:
        return Cell(
            text=part_of(row.fetched_bytes, row.size_bytes),
            icon="download",
            tone=Tone.ACCENT,
            share=min(row.fetched_bytes / row.size_bytes, 1.0),
        )
    if is_fetching:
        return Cell(text=_tr("Waiting to fetch"), detail=size(row.size_bytes), icon="clock")
    return Cell(text=_tr("Not fetched"), detail=size(row.size_bytes), icon="cloud")


def _absent(row: QueueRow) -> str:
    """Say what no download will bring; one kind of it, the one that matters most."""
    for state in (
        ArtifactState.INACCESSIBLE,
        ArtifactState.UNREADABLE,
        ArtifactState.NOT_CAPTURED,
        ArtifactState.KEPT_AT_PLATFORM,
    ):
        count = sum(absent.state is state for absent in row.absent)
        if count:
            return _absent_words(state, count)
    return ""


def _absent_words(state: ArtifactState, count: int) -> str:
    one = {
        ArtifactState.INACCESSIBLE: _tr("1 link inaccessible, with proof"),
        ArtifactState.UNREADABLE: _tr("1 artifact cannot be shown"),
        ArtifactState.NOT_CAPTURED: _tr("1 link not captured"),
        ArtifactState.KEPT_AT_PLATFORM: _tr("1 artifact kept at the platform"),
    }
    several = {
        ArtifactState.INACCESSIBLE: _tr("{0} links inaccessible, with proof"),
        ArtifactState.UNREADABLE: _tr("{0} artifacts cannot be shown"),
        ArtifactState.NOT_CAPTURED: _tr("{0} links not captured"),
        ArtifactState.KEPT_AT_PLATFORM: _tr("{0} artifacts kept at the platform"),
    }
    return one[state] if count == 1 else several[state].format(count)


def _review(row: QueueRow) -> Cell:
    if row.group is QueueGroup.ATTENTION:
        return Cell(
            text=_tr("Needs attention"),
            short=_tr("Attention"),
            icon="triangle-alert",
            tone=Tone.WARN,
        )
    if row.outbox is not None and row.outbox in _OUTBOX_ICONS:
        icon, tone = _OUTBOX_ICONS[row.outbox]
        return Cell(text=_outbox_words(row.outbox), icon=icon, tone=tone)
    if row.saved_at is None or row.criteria is None:
        return Cell(text=_tr("Not started"), is_quiet=True)
    return Cell(
        text=_tr("{0} of {1}").format(row.rated, row.criteria),
        done=row.rated,
        of=row.criteria,
    )


_OUTBOX_ICONS = MappingProxyType(
    {
        OutboxState.SEALED: ("lock", Tone.PLAIN),
        OutboxState.QUEUED: ("lock", Tone.PLAIN),
        OutboxState.SENDING: ("send", Tone.ACCENT),
        OutboxState.AMBIGUOUS: ("circle-question-mark", Tone.PLAIN),
        OutboxState.VOIDING: ("lock-open", Tone.PLAIN),
        OutboxState.RECEIVED: ("circle-check", Tone.OK),
        OutboxState.SETTLED: ("circle-check", Tone.OK),
    }
)


def _outbox_words(state: OutboxState) -> str:
    words = {
        OutboxState.SEALED: _tr("Sealed"),
        OutboxState.QUEUED: _tr("Sealed"),
        OutboxState.SENDING: _tr("Sending"),
        OutboxState.AMBIGUOUS: _tr("Not known yet"),
        OutboxState.VOIDING: _tr("Being reopened"),
        OutboxState.RECEIVED: _tr("Received"),
        OutboxState.SETTLED: _tr("Received"),
    }
    return words[state]


def _tr(words: str) -> str:
    return QCoreApplication.translate("queue", words)
