"""The packets on their way to this laptop, for the card of the sync centre."""

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.amounts import part_of, size
from assessor_app.ui.outbox.fetching import SHOWN, FetchRow
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup, QueueRow

_WANTED = (QueueGroup.TO_REVIEW, QueueGroup.IN_PROGRESS, QueueGroup.PRACTICE)


def fetch_rows(rows: tuple[QueueRow, ...]) -> tuple[FetchRow, ...]:
    """Return what is fetched next, by due date; then what is ready, as far as there is room."""
    wanted = [row for row in rows if row.group in _WANTED]
    coming = [row for row in wanted if row.on_laptop is not OnLaptop.READY]
    ready = [row for row in wanted if row.on_laptop is OnLaptop.READY]
    return tuple(_row(row) for row in (*coming, *ready)[:SHOWN])


def _row(row: QueueRow) -> FetchRow:
    is_ready = row.on_laptop is OnLaptop.READY
    total = max(row.size_bytes, 1)
    if is_ready:
        words, right = _tr("every hash checked"), _tr("Ready")
    elif row.fetched_bytes:
        words, right = row.title, part_of(row.fetched_bytes, total)
    else:
        words, right = row.title, size(row.size_bytes)
    return FetchRow(
        submission=row.submission,
        words=words,
        right=right,
        share=min(row.fetched_bytes / total, 1.0),
        is_ready=is_ready,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
