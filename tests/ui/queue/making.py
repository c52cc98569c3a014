"""Rows as the queue's screen gets them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.domain.outbox import AttentionReason, OutboxState, ReviewPlace
from assessor_app.domain.packet import ArtifactState
from assessor_app.usecases.queue_rows import Absent, OnLaptop, QueueGroup, QueueRow

NOW = datetime(2026, 11, 20, 12, 3, tzinfo=UTC)
LINK = Absent("A3", "Shared board", ArtifactState.INACCESSIBLE)


READY = QueueRow(
    assignment=AssignmentId("first"),
    submission=SubmissionId("MC-4F2K-9"),
    kind=AssignmentKind.REVIEW,
    state=AssignmentState.OPEN,
    title="Developing a Collaborative Coaching Plan",
    due_on=date(2026, 11, 25),
    days_left=3,
    group=QueueGroup.TO_REVIEW,
    place=ReviewPlace.LAPTOP,
    rated=0,
    criteria=7,
    on_laptop=OnLaptop.READY,
    fetched_bytes=96_000_000,
    size_bytes=96_000_000,
    absent=(),
    saved_at=None,
    outbox=None,
    attention=None,
)
BEGUN = replace(READY, rated=5, saved_at=NOW)
COMING = replace(
    READY,
    assignment=AssignmentId("second"),
    submission=SubmissionId("MC-88QX-1"),
    title="Fundamental Spreadsheet Skills",
    due_on=date(2026, 12, 3),
    days_left=8,
    on_laptop=OnLaptop.PARTLY,
    fetched_bytes=41_000_000,
    absent=(LINK,),
)
LATE = replace(
    READY,
    assignment=AssignmentId("third"),
    submission=SubmissionId("MC-XR84-4"),
    title="Reading Data Displays Critically",
    due_on=date(2026, 11, 18),
    days_left=-2,
    group=QueueGroup.ATTENTION,
    place=ReviewPlace.OUTBOX,
    outbox=OutboxState.ATTENTION,
    attention=AttentionReason.CLOSED,
    absent=(LINK,),
)
