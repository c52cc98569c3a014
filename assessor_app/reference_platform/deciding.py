"""The issuer's act: decide on a submission, and what its earner's letter says."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.determination import Determination
from assessor_app.domain.packet import Packet
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform import lending
from assessor_app.reference_platform.errors import (
    AlreadyDecidedError,
    NotDecidedError,
    NotReviewedError,
)
from assessor_app.reference_platform.letter import Letter, letter_of
from assessor_app.reference_platform.schema import (
    PacketRow,
    ReadReason,
    ReviewRow,
    RubricRow,
    SubmissionRow,
)
from assessor_app.wire.codec import parse
from assessor_app.wire.messages import ReviewBody


def decide(
    session: Session, submission: SubmissionRow, determination: Determination, *, now: datetime
) -> None:
    """Record the issuer's decision: reviews count from now on, and what is open is closed.

    Raises:
        NotReviewedError: There is no review to decide on.
        AlreadyDecidedError: It was decided otherwise.
    """
    if submission.decided is not None:
        if submission.decided is not determination:
            raise AlreadyDecidedError(lending.earner_handle(session, submission))
        return
    reviews = live_reviews(session, submission)
    if not reviews:
        raise NotReviewedError(lending.earner_handle(session, submission))
    submission.decided, submission.decided_at = determination, now
    for review in reviews:
        review.counted = True
    for row in lending.open_assignments(session, submission.id):
        lending.change(session, row, AssignmentState.WITHDRAWN)


def live_reviews(session: Session, submission: SubmissionRow) -> tuple[ReviewRow, ...]:
    """Return the reviews that count, in the order of arrival."""
    found = select(ReviewRow).where(
        ReviewRow.submission_id == submission.id, ReviewRow.live.is_not(None)
    )
    return tuple(session.scalars(found.order_by(ReviewRow.received_at, ReviewRow.review)))


def write_letter(session: Session, submission: SubmissionRow) -> Letter:
    """Return what the earner receives. Raises NotDecidedError."""
    handle = lending.earner_handle(session, submission)
    if submission.decided is None or submission.decided_at is None:
        raise NotDecidedError(handle)
    review = _speaking_review(live_reviews(session, submission), submission.decided)
    body = parse(ReviewBody, review.body)
    manifest = session.scalars(
        select(PacketRow.manifest).where(
            PacketRow.submission_id == submission.id,
            PacketRow.manifest_sha256 == body.packet.manifest_sha256,
        )
    ).one()
    packet = parse(Packet, manifest)
    rubric = parse(Rubric, session.get_one(RubricRow, review.rubric_sha256).content)
    day = submission.decided_at.astimezone(ZoneInfo(packet.policy.calendar.timezone)).date()
    return letter_of(
        body, packet, rubric, handle=handle, decided=submission.decided, decided_on=day
    )


def _speaking_review(reviews: tuple[ReviewRow, ...], decided: Determination) -> ReviewRow:
    """Return the review whose words the earner gets: the settling one, else one that agrees."""

    def rank(review: ReviewRow) -> tuple[bool, bool]:
        settles = review.reason is ReadReason.ADJUDICATION
        return (not settles, review.determination is not decided)

    return min(reviews, key=rank)
