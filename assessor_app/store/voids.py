"""Voids: the only way in which a sealed review ends before the platform counts it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store.acts import (
    UNSENT,
    VOIDABLE,
    S,
    find_row,
    hash_of,
    known_row,
    reviews_of,
    step,
    take_receipt,
)
from assessor_app.store.ahead import write_ahead
from assessor_app.store.errors import IllegalTransitionError, NoActError
from assessor_app.store.journal import ClosedEntry, Journal, KeptReceipt, VoidCause, VoidEntry
from assessor_app.store.outbox import end_review
from assessor_app.store.reviews import Draft, get_draft, put_seal
from assessor_app.store.schema import OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """The frozen bytes of a void, and its own id."""

    void_id: ActId
    body: bytes = field(repr=False)
    now: datetime


def reopen(session: Session, journal: Journal, review: ReviewId, void: Void) -> Draft:
    """Void a review and make its text a draft again. Also how a review moves to a new version.

    It always voids, from `sealed` too: a restored database may not know that the row left.

    Raises:
        IllegalTransitionError: It is leaving this moment, or it is not to be had back.
    """
    row = _voidable(session, review, among=VOIDABLE)
    assignment = AssignmentId(row.assignment)
    entry = VoidEntry(
        act=void.void_id,
        review=review,
        assignment=assignment,
        body=void.body,
        sealed_at=void.now,
        cause=VoidCause.REOPENED,
    )
    _begin(session, journal, row, entry)
    put_seal(session, assignment, None)
    draft = get_draft(session, assignment)
    if draft is None:
        raise NoActError(ActId(review))
    return draft


def void_refused(
    session: Session,
    journal: Journal,
    review: ReviewId,
    *,
    void: Void,
    reason: AttentionReason,
    problem: bytes | None,
) -> None:
    """Void a review whose bytes can never be accepted, and then put it before the assessor.

    Raises:
        IllegalTransitionError: It was not being sent.
    """
    row = _voidable(session, review, among=(S.SENDING, S.AMBIGUOUS))
    entry = VoidEntry(
        act=void.void_id,
        review=review,
        assignment=AssignmentId(row.assignment),
        body=void.body,
        sealed_at=void.now,
        cause=VoidCause.REFUSED,
        reason=reason,
        problem=problem,
    )
    _begin(session, journal, row, entry)


def row_of_void(entry: VoidEntry, state: OutboxState) -> OutboxRow:
    """Return the row of a void."""
    return OutboxRow(
        act_id=entry.act,
        kind=ActKind.VOID,
        assignment=entry.assignment,
        review=entry.review,
        body=entry.body,
        body_sha256=hash_of(entry.body),
        sealed_at=entry.sealed_at,
        state=state,
    )


def await_void(review: OutboxRow, *, reason: AttentionReason | None, problem: bytes | None) -> None:
    """Let a review wait for the answer to its void, and then, with a reason, for the assessor."""
    step(review, S.VOIDING, among=(*VOIDABLE, S.SENDING, S.VOIDED))
    review.reason, review.problem = reason, problem


def void_unknown(session: Session, void_id: ActId) -> None:
    """Note that the platform knows no such assignment, as a snapshot of this epoch confirmed."""
    void = _void_row(session, void_id)
    step(void, S.VOIDED, among=(S.SENDING, S.AMBIGUOUS))
    end_review(session, void)


def void_closed(session: Session, journal: Journal, void_id: ActId, receipt: KeptReceipt) -> None:
    """Note that a void came too late: the review counts, and later revisions of it cannot.

    Raises:
        WrongReceiptError: The receipt is not that of the voided review.
        IllegalTransitionError: The void was not being sent.
    """
    void = _void_row(session, void_id)
    if void.state not in (S.SENDING, S.AMBIGUOUS):
        raise IllegalTransitionError(void_id, void.state, S.RECEIVED)
    apply_closed(session, void, receipt)
    session.flush()
    write_ahead(session, journal, ClosedEntry(act=void_id, receipt=receipt))


def apply_closed(session: Session, void: OutboxRow, receipt: KeptReceipt) -> None:
    """Do to the rows what a refused void means."""
    counted = known_row(session, void.review)
    if counted is not None:
        take_receipt(counted, receipt, among=(S.VOIDING,))
    for row in reviews_of(session, void.assignment):
        if row is not counted and row.state in UNSENT:
            step(row, S.ATTENTION, among=UNSENT)
            row.reason = AttentionReason.ALREADY_DECIDED
    session.delete(void)


def _voidable(
    session: Session, review: ReviewId, *, among: frozenset[OutboxState] | tuple[OutboxState, ...]
) -> OutboxRow:
    row = find_row(session, review)
    if row.kind is not ActKind.REVIEW or row.state not in among:
        raise IllegalTransitionError(ActId(review), row.state, S.VOIDING)
    return row


def _void_row(session: Session, void_id: ActId) -> OutboxRow:
    row = find_row(session, void_id)
    if row.kind is not ActKind.VOID:
        raise IllegalTransitionError(void_id, row.state, S.VOIDED)
    return row


def _begin(session: Session, journal: Journal, row: OutboxRow, entry: VoidEntry) -> None:
    await_void(row, reason=entry.reason, problem=entry.problem)
    session.add(row_of_void(entry, S.QUEUED))
    session.flush()
    write_ahead(session, journal, entry)
