"""Drafts: the current text of each review and every revision before it, for undo over restarts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from assessor_app.domain.ids import AssignmentId, ReviewId
from assessor_app.domain.review import Review
from assessor_app.store import direct
from assessor_app.store.columns import from_json, to_json
from assessor_app.store.errors import NothingToUndoError, SealedReviewError
from assessor_app.store.schema import DraftRow, RevisionRow

FIRST = 1
_DRAFT = select(DraftRow).where(DraftRow.assignment == bindparam("of"))
_CONTENT = select(RevisionRow.content).where(
    RevisionRow.assignment == bindparam("of"), RevisionRow.number == bindparam("at")
)
_NEWEST = select(func.max(RevisionRow.number)).where(RevisionRow.assignment == bindparam("of"))
_DROP_LATER = text("DELETE FROM revisions WHERE assignment = :of AND number > :at")
_REPLACE = text(
    "UPDATE revisions SET content = :text"
    " WHERE assignment = :of AND number = :at AND merge_key = :key"
)
_ADD = text(
    "INSERT INTO revisions (assignment, number, merge_key, content) VALUES (:of, :at, :key, :text)"
)
_NEW = insert(DraftRow)
_PUT = _NEW.on_conflict_do_update(
    index_elements=["assignment"],
    set_={name: _NEW.excluded[name] for name in ("current", "rated", "saved_at")},
)
_SEAL = (
    update(DraftRow)
    .where(DraftRow.assignment == bindparam("of"))
    .values(sealed_as=bindparam("seal"))
)
_TAKE_UP_AGAIN = (
    update(DraftRow)
    .where(DraftRow.assignment == bindparam("of"), DraftRow.sealed_as == bindparam("seal"))
    .values(sealed_as=None)
)


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
    row = _row(session, review.assignment)
    if row is not None and row.sealed_as is not None:
        raise SealedReviewError(review.assignment)
    return _write(session, row, review, now=now, merge_key=merge_key)


def keep_text(session: Session, review: Review, *, sealed_as: ReviewId, now: datetime) -> None:
    """Make exactly this review the current text, whatever it was before, and that of a seal."""
    row = _row(session, review.assignment)
    if row is None or _content(session, row) != to_json(review):
        _write(session, row, review, now=now, merge_key="")
    put_seal(session, review.assignment, sealed_as)


def put_seal(session: Session, assignment: AssignmentId, sealed_as: ReviewId | None) -> None:
    """Note as what the current text is sealed; None makes it a draft again."""
    direct.change(session, _SEAL, {"of": assignment, "seal": sealed_as})


def take_up_again(session: Session, assignment: AssignmentId, sealed_as: ReviewId) -> None:
    """Make the current text a draft again if it is that of this seal."""
    direct.change(session, _TAKE_UP_AGAIN, {"of": assignment, "seal": sealed_as})


def get_draft(session: Session, assignment: AssignmentId) -> Draft | None:
    """Return the current text of a review."""
    row = _row(session, assignment)
    return None if row is None else _draft_of(session, row)


def list_drafts(session: Session) -> tuple[Draft, ...]:
    """Return every draft, the one saved last first."""
    rows = direct.rows(session, select(DraftRow).order_by(DraftRow.saved_at.desc()))
    return tuple(_draft_of(session, row) for row in rows)


def undo(session: Session, assignment: AssignmentId, *, now: datetime) -> Draft:
    """Return to the revision before. Raises NothingToUndoError, SealedReviewError."""
    return _move(session, assignment, now=now, by=-1)


def redo(session: Session, assignment: AssignmentId, *, now: datetime) -> Draft:
    """Return to the revision after. Raises NothingToUndoError, SealedReviewError."""
    return _move(session, assignment, now=now, by=1)


def _row(session: Session, assignment: AssignmentId) -> DraftRow | None:
    return direct.row(session, _DRAFT, {"of": assignment})


def _write(
    session: Session, row: DraftRow | None, review: Review, *, now: datetime, merge_key: str
) -> Draft:
    number = row.current if row else 0
    at = {"of": review.assignment, "at": number, "key": merge_key, "text": to_json(review)}
    dropped = direct.change(session, _DROP_LATER, at)
    is_new = dropped or not merge_key or not direct.change(session, _REPLACE, at)
    number += bool(is_new)
    _put(session, review, number, now)
    if is_new:
        direct.change(session, _ADD, {**at, "at": number})
    return Draft(
        review=review,
        saved_at=now,
        sealed_as=None if row is None or row.sealed_as is None else ReviewId(row.sealed_as),
        can_undo=number > FIRST,
        can_redo=False,
    )


def _move(session: Session, assignment: AssignmentId, *, now: datetime, by: int) -> Draft:
    row = _row(session, assignment)
    there = None if row is None else _content(session, row, by=by)
    if row is None or there is None:
        raise NothingToUndoError(assignment)
    if row.sealed_as is not None:
        raise SealedReviewError(assignment)
    number, review = row.current + by, from_json(Review, there)
    _put(session, review, number, now)
    return Draft(
        review=review,
        saved_at=now,
        sealed_as=None,
        can_undo=number > FIRST,
        can_redo=_newest(session, row) > number,
    )


def _put(session: Session, review: Review, number: int, now: datetime) -> None:
    told = {"current": number, "rated": len(review.ratings), "saved_at": now}
    direct.change(session, _PUT, {"assignment": review.assignment, **told})


def _content(session: Session, row: DraftRow, *, by: int = 0) -> bytes | None:
    return direct.value(session, _CONTENT, {"of": row.assignment, "at": row.current + by})


def _draft_of(session: Session, row: DraftRow) -> Draft:
    return Draft(
        review=from_json(Review, _content(session, row) or b""),
        saved_at=row.saved_at,
        sealed_as=None if row.sealed_as is None else ReviewId(row.sealed_as),
        can_undo=row.current > FIRST,
        can_redo=_newest(session, row) > row.current,
    )


def _newest(session: Session, row: DraftRow) -> int:
    return direct.value(session, _NEWEST, {"of": row.assignment}) or 0
