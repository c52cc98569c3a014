"""Drafts: the current text of each review and every revision before it, for undo over restarts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from assessor_app.domain.ids import AssignmentId, ReviewId
from assessor_app.domain.review import Review
from assessor_app.store.columns import from_json, to_json
from assessor_app.store.errors import NothingToUndoError, SealedReviewError
from assessor_app.store.schema import DraftRow, RevisionRow

FIRST = 1
_DROP_LATER = text("DELETE FROM revisions WHERE assignment = :of AND number > :at")
_REPLACE = text(
    "UPDATE revisions SET content = :text"
    " WHERE assignment = :of AND number = :at AND merge_key = :key"
)
_ADD = text(
    "INSERT INTO revisions (assignment, number, merge_key, content) VALUES (:of, :at, :key, :text)"
)
"""In SQL, because this is done at every pause in typing: half of the time would be the mapper's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one assessor has said so far. `sealed_as` is set while it is the text of a seal."""

    review: Review
    saved_at: datetime
    sealed_as: ReviewId | None
    can_undo: bool
    can_redo: bool


def save_draft(session: Session, review: Review, *, now: datetime, merge_key: str = "") -> Draft:
    """Keep a review as the newest revision; what could be redone before is forgotten.

    A save with the same non-empty `merge_key` as the newest revision replaces it, so that undo
    takes back a text and not a letter.

    Raises:
        SealedReviewError: The review is sealed.
    """
    row = session.get(DraftRow, review.assignment)
    if row is not None and row.sealed_as is not None:
        raise SealedReviewError(review.assignment)
    return _write(session, row, review, now=now, merge_key=merge_key)


def keep_text(session: Session, review: Review, *, now: datetime) -> DraftRow:
    """Make sure that the current revision is exactly this review, whatever it was before."""
    row = session.get(DraftRow, review.assignment)
    if row is None or _content(session, row) != to_json(review):
        _write(session, row, review, now=now, merge_key="")
    return session.get_one(DraftRow, review.assignment)


def get_draft(session: Session, assignment: AssignmentId) -> Draft | None:
    """Return the current text of a review."""
    row = session.get(DraftRow, assignment)
    return None if row is None else _draft_of(session, row)


def list_drafts(session: Session) -> tuple[Draft, ...]:
    """Return every draft, the one saved last first."""
    rows = session.scalars(select(DraftRow).order_by(DraftRow.saved_at.desc()))
    return tuple(_draft_of(session, row) for row in rows)


def undo(session: Session, assignment: AssignmentId, *, now: datetime) -> Draft:
    """Return to the revision before. Raises NothingToUndoError, SealedReviewError."""
    return _move(session, assignment, now=now, by=-1)


def redo(session: Session, assignment: AssignmentId, *, now: datetime) -> Draft:
    """Return to the revision after. Raises NothingToUndoError, SealedReviewError."""
    return _move(session, assignment, now=now, by=1)


def _write(
    session: Session, row: DraftRow | None, review: Review, *, now: datetime, merge_key: str
) -> Draft:
    if row is None:
        row = DraftRow(assignment=review.assignment, current=0, rated=0, saved_at=now)
        session.add(row)
    row.rated, row.saved_at = len(review.ratings), now
    at = {"of": review.assignment, "at": row.current, "key": merge_key, "text": to_json(review)}
    session.flush()
    connection = session.connection()
    dropped = connection.execute(_DROP_LATER, at).rowcount
    if dropped or not merge_key or not connection.execute(_REPLACE, at).rowcount:
        row.current += 1
        connection.execute(_ADD, {**at, "at": row.current})
        session.flush()
    return Draft(
        review=review,
        saved_at=row.saved_at,
        sealed_as=None if row.sealed_as is None else ReviewId(row.sealed_as),
        can_undo=row.current > FIRST,
        can_redo=False,
    )


def _move(session: Session, assignment: AssignmentId, *, now: datetime, by: int) -> Draft:
    row = session.get(DraftRow, assignment)
    if row is None or session.get(RevisionRow, (assignment, row.current + by)) is None:
        raise NothingToUndoError(assignment)
    if row.sealed_as is not None:
        raise SealedReviewError(assignment)
    row.current += by
    draft = _draft_of(session, row)
    row.rated, row.saved_at = len(draft.review.ratings), now
    return _draft_of(session, row)


def _content(session: Session, row: DraftRow) -> bytes:
    wanted = select(RevisionRow.content).where(
        RevisionRow.assignment == row.assignment, RevisionRow.number == row.current
    )
    return session.execute(wanted).scalar_one()


def _draft_of(session: Session, row: DraftRow) -> Draft:
    last = select(func.max(RevisionRow.number)).where(RevisionRow.assignment == row.assignment)
    before = exists().where(
        RevisionRow.assignment == row.assignment, RevisionRow.number == row.current - 1
    )
    return Draft(
        review=from_json(Review, _content(session, row)),
        saved_at=row.saved_at,
        sealed_as=None if row.sealed_as is None else ReviewId(row.sealed_as),
        can_undo=bool(session.scalar(select(before))),
        can_redo=(session.scalar(last) or 0) > row.current,
    )
