"""What the platform holds, for its operator. Nothing of it is served."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import AssignmentId, Epoch, ReviewId, SubmissionId
from assessor_app.reference_platform import lending, second_reads, views
from assessor_app.reference_platform.schema import (
    ActRow,
    AssignmentRow,
    PersonRow,
    ReadReason,
    ReviewRow,
    SubmissionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSubmission:
    """One submission under the earner's own id. `next_read` says that a reader is wanted."""

    submission: SubmissionId
    title: str
    attempt: int
    due_on: date
    held: bool
    next_read: ReadReason | None
    decided: Determination | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAssignment:
    """One assignment. `submission` is the assessor's id, `earner_submission` the earner's."""

    id: AssignmentId
    assessor: str
    submission: SubmissionId
    earner_submission: SubmissionId
    state: AssignmentState
    reason: ReadReason
    recused: bool
    asked_at: datetime | None
    pulled: bool
    lease_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReview:
    """One review with what the agreement statistics need."""

    review: ReviewId
    assignment: AssignmentId
    submission: SubmissionId
    determination: Determination
    live: bool
    counted: bool
    donated: bool
    reason: ReadReason
    blind: bool
    attempt: int
    rubric_version: int
    assigned_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything at once. `requests` counts by method and route template."""

    epoch: Epoch
    submissions: tuple[HeldSubmission, ...]
    assignments: tuple[HeldAssignment, ...]
    reviews: tuple[HeldReview, ...]
    receipts: int
    requests: Mapping[str, int]


def status_of(session: Session, requests: Mapping[str, int]) -> Status:
    """Return what the platform holds."""
    return Status(
        epoch=views.epoch(session),
        submissions=tuple(
            _submission(session, row)
            for row in session.scalars(select(SubmissionRow).order_by(SubmissionRow.id))
        ),
        assignments=tuple(
            _assignment(session, row)
            for row in session.scalars(
                select(AssignmentRow).order_by(AssignmentRow.person_id, AssignmentRow.number)
            )
        ),
        reviews=tuple(
            _review(session, row)
            for row in session.scalars(
                select(ReviewRow).order_by(ReviewRow.received_at, ReviewRow.review)
            )
        ),
        receipts=session.scalars(select(func.count()).select_from(ActRow)).one(),
        requests=requests,
    )


def _submission(session: Session, row: SubmissionRow) -> HeldSubmission:
    open_to_readers = row.decided is None and not row.held
    return HeldSubmission(
        submission=lending.earner_handle(session, row),
        title=row.title,
        attempt=row.attempt,
        due_on=row.due_on,
        held=row.held,
        next_read=second_reads.read_reason(session, row) if open_to_readers else None,
        decided=row.decided,
    )


def _assignment(session: Session, row: AssignmentRow) -> HeldAssignment:
    submission = session.get_one(SubmissionRow, row.submission_id)
    return HeldAssignment(
        id=AssignmentId(row.id),
        assessor=session.get_one(PersonRow, row.person_id).key,
        submission=SubmissionId(row.handle),
        earner_submission=lending.earner_handle(session, submission),
        state=row.state,
        reason=row.reason,
        recused=row.recused,
        asked_at=row.asked_at,
        pulled=row.pulled_at is not None,
        lease_until=row.lease_until,
    )


def _review(session: Session, row: ReviewRow) -> HeldReview:
    assignment = session.get_one(AssignmentRow, row.assignment_id)
    return HeldReview(
        review=ReviewId(row.review),
        assignment=AssignmentId(row.assignment_id),
        submission=SubmissionId(assignment.handle),
        determination=row.determination,
        live=row.live is not None,
        counted=row.counted,
        donated=row.donated,
        reason=row.reason,
        blind=row.blind,
        attempt=row.attempt,
        rubric_version=row.rubric_version,
        assigned_at=row.assigned_at,
        received_at=row.received_at,
    )
