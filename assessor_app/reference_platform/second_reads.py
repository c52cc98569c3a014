"""When a submission is to be read by a second assessor, and why. Never shown to an assessor."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.policy import SecondReads
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.schema import (
    AssignmentRow,
    ChainRow,
    ReadReason,
    ReviewRow,
    RubricRow,
    SubmissionRow,
)
from assessor_app.wire.codec import parse
from assessor_app.wire.messages import ReviewBody


def is_drawn(
    session: Session, microcredential: str, rules: SecondReads, draw: Callable[[], float]
) -> bool:
    """Return whether a new submission gets a second read whatever the first one says."""
    known = (
        select(func.count())
        .select_from(SubmissionRow)
        .join(ChainRow, ChainRow.id == SubmissionRow.chain_id)
        .where(ChainRow.microcredential == microcredential)
    )
    return session.scalars(known).one() < rules.first_n or draw() < rules.share


def read_reason(session: Session, submission: SubmissionRow) -> ReadReason | None:
    """Return why the next assessor would read a submission; None if nobody needs to."""
    readers = session.scalars(
        select(AssignmentRow).where(
            AssignmentRow.submission_id == submission.id,
            AssignmentRow.state != AssignmentState.WITHDRAWN,
        )
    ).all()
    if not readers:
        return ReadReason.PRIMARY
    if len(readers) > 1:
        return None
    if submission.drawn_second:
        return ReadReason.RANDOM_SECOND
    return ReadReason.CONDITIONAL_SECOND if _is_asked_for(session, submission) else None


def is_near(body: ReviewBody, rubric: Rubric) -> bool:
    """Return whether one criterion, judged the other way, would turn the award rule."""
    levels = {rating.criterion: rating.level for rating in body.ratings}
    below = set(rubric.below(levels))
    met = rubric.award_rule.is_met(tuple(below))
    return any(
        rubric.award_rule.is_met(tuple(below ^ {criterion.id})) is not met
        for criterion in rubric.criteria
        if criterion.id in levels
    )


def _is_asked_for(session: Session, submission: SubmissionRow) -> bool:
    rules = parse(SecondReads, submission.second_reads)
    live = select(ReviewRow).where(
        ReviewRow.submission_id == submission.id, ReviewRow.live.is_not(None)
    )
    for row in session.scalars(live):
        body = parse(ReviewBody, row.body)
        rubric = parse(Rubric, session.get_one(RubricRow, row.rubric_sha256).content)
        named = any(reason.code in rules.reasons for reason in body.reasons)
        if body.wants_second_read or named or (rules.near_rule and is_near(body, rubric)):
            return True
    return False
