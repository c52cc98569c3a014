"""The packets on their way to this laptop, for the card of the sync centre."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.amounts import part_of, size
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup, QueueRow
from assessor_app.usecases.sights import KeptAside

SHOWN, SHOWN_ASIDE = 4, 2
_WANTED = (QueueGroup.TO_REVIEW, QueueGroup.IN_PROGRESS, QueueGroup.PRACTICE)


class Coming(StrEnum):
    """How far a packet is."""

    ARRIVING = "arriving"
    WAITING = "waiting"
    HELD = "held"
    READY = "ready"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """One packet on its way to this laptop. `share` None: there is nothing to measure."""

    submission: str
    words: str
    right: str
    coming: Coming
    share: float | None = None


def fetch_rows(
    rows: tuple[QueueRow, ...],
    aside: tuple[KeptAside, ...] = (),
    *,
    is_fetching: bool,
    is_offline: bool,
) -> tuple[FetchRow, ...]:
    """Return what comes next, by due date; then what is ready, and what is set aside."""
    odd = {one.assignment: one for one in reversed(aside)}
    lacks = lacking(rows)
    coming = [row for row in lacks if row.assignment not in odd]
    shown_aside = [row for row in lacks if row.assignment in odd][:SHOWN_ASIDE]
    if is_offline:
        begun = [row for row in coming if row.fetched_bytes]
        return tuple(_held(row) for row in begun[:SHOWN])
    ready = [row for row in rows if row.group in _WANTED and row.on_laptop is OnLaptop.READY]
    room = SHOWN - len(shown_aside)
    first_waiting = next((row for row in coming if not row.fetched_bytes), None)
    return (
        *(
            _coming(row, is_fetching=is_fetching, is_next=row is first_waiting)
            for row in coming[:room]
        ),
        *(_ready(row) for row in ready[: max(room - len(coming), 0)]),
        *(_aside(row, odd[row.assignment]) for row in shown_aside),
    )


def lacking(rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    """Return the packets to review that are not here whole."""
    return tuple(
        row for row in rows if row.group in _WANTED and row.on_laptop is not OnLaptop.READY
    )


def _coming(row: QueueRow, *, is_fetching: bool, is_next: bool) -> FetchRow:
    if row.fetched_bytes:
        return FetchRow(
            submission=row.submission,
            words=row.title,
            right=part_of(row.fetched_bytes, row.size_bytes),
            coming=Coming.ARRIVING if is_fetching else Coming.WAITING,
            share=_share(row),
        )
    words = row.title
    if is_fetching:
        words = _tr("starts next") if is_next else _tr("waits its turn")
    return FetchRow(
        submission=row.submission, words=words, right=size(row.size_bytes), coming=Coming.WAITING
    )


def _held(row: QueueRow) -> FetchRow:
    return FetchRow(
        submission=row.submission,
        words="",
        right=_tr("{0} are here").format(part_of(row.fetched_bytes, row.size_bytes)),
        coming=Coming.HELD,
        share=_share(row),
    )


def _ready(row: QueueRow) -> FetchRow:
    return FetchRow(
        submission=row.submission,
        words=_tr("every hash checked"),
        right=_tr("Ready"),
        coming=Coming.READY,
    )


def _aside(row: QueueRow, aside: KeptAside) -> FetchRow:
    words = _tr("The packet did not come as promised")
    if aside.artifact is not None:
        words = _tr("{0} did not come as promised; kept aside").format(aside.artifact)
    return FetchRow(
        submission=row.submission,
        words=words,
        right=_tr("Needs attention"),
        coming=Coming.ASIDE,
    )


def _share(row: QueueRow) -> float:
    return min(row.fetched_bytes / max(row.size_bytes, 1), 1.0)


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
