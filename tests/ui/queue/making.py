"""Rows as the queue's screen gets them."""

from datetime import UTC, date, datetime

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.domain.outbox import AttentionReason, OutboxState, place_of
from assessor_app.domain.packet import ArtifactState
from assessor_app.usecases.queue_rows import Absent, OnLaptop, QueueGroup, QueueRow

NOW = datetime(2026, 11, 20, 12, 3, tzinfo=UTC)
LINK = Absent("A3", "Shared board", ArtifactState.INACCESSIBLE)


def row(
    submission: str = "MC-4F2K-9",
    title: str = "Developing a Collaborative Coaching Plan",
    *,
    due_on: date = date(2026, 11, 25),
    days_left: int = 3,
    fetched: int = 96_000_000,
    outbox: OutboxState | None = None,
    rated: int = 0,
    group: QueueGroup = QueueGroup.TO_REVIEW,
    absent: tuple[Absent, ...] = (),
) -> QueueRow:
    size = 96_000_000
    here = OnLaptop.READY if fetched >= size else OnLaptop.PARTLY
    return QueueRow(
        assignment=AssignmentId(f"assignment of {submission}"),
        submission=SubmissionId(submission),
        kind=AssignmentKind.REVIEW,
        state=AssignmentState.OPEN,
        title=title,
        due_on=due_on,
        days_left=days_left,
        group=group,
        place=place_of(outbox),
        rated=rated,
        criteria=7,
        on_laptop=here if fetched else OnLaptop.NOT_HERE,
        fetched_bytes=fetched,
        size_bytes=size,
        absent=absent,
        saved_at=NOW if rated else None,
        outbox=outbox,
        attention=AttentionReason.CLOSED if outbox is OutboxState.ATTENTION else None,
    )


def several() -> tuple[QueueRow, ...]:
    return (
        row(rated=5),
        row("MC-77RD-2", due_on=date(2026, 11, 27), days_left=4, rated=2, absent=(LINK,)),
        row(
            "MC-88QX-1",
            "Fundamental Spreadsheet Skills",
            due_on=date(2026, 12, 3),
            days_left=8,
            fetched=41_000_000,
        ),
        row(
            "MC-2WVK-7",
            "Checking for Understanding",
            due_on=date(2026, 12, 4),
            days_left=9,
        ),
        row(
            "MC-9HJM-5",
            "Facilitating Student-Led Discussion",
            due_on=date(2026, 12, 8),
            days_left=11,
            fetched=0,
        ),
        row(
            "MC-XR84-4",
            "Reading Data Displays Critically",
            due_on=date(2026, 11, 18),
            days_left=-2,
            outbox=OutboxState.ATTENTION,
            group=QueueGroup.ATTENTION,
        ),
    )
