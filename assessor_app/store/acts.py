"""Acts as values, and the one table of how their states may follow each other."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId, Sha256
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store.errors import IllegalTransitionError, NoActError, WrongReceiptError
from assessor_app.store.journal import KeptReceipt
from assessor_app.store.schema import OutboxRow

S = OutboxState
UNSENT = (S.SEALED, S.QUEUED, S.SENDING, S.AMBIGUOUS)
ENDED = (S.VOIDED, S.SETTLED)
VOIDABLE = frozenset({S.SEALED, S.QUEUED, S.AMBIGUOUS, S.RECEIVED, S.ATTENTION})
"""What can be reopened. Not `sending`: what leaves this moment is first to be known."""
ACT = select(OutboxRow).where(OutboxRow.act_id == bindparam("act_id"))
_REVIEWS_OF = (
    select(OutboxRow)
    .where(OutboxRow.assignment == bindparam("of"), OutboxRow.kind == ActKind.REVIEW)
    .order_by(OutboxRow.sequence)
)
_FOLLOWS = {
    S.SEALED: {S.QUEUED, S.VOIDING, S.ATTENTION},
    S.QUEUED: {S.SENDING, S.VOIDING, S.ATTENTION},
    S.SENDING: {S.QUEUED, S.AMBIGUOUS, S.RECEIVED, S.ATTENTION, S.VOIDING, S.VOIDED},
    S.AMBIGUOUS: {S.QUEUED, S.SENDING, S.RECEIVED, S.ATTENTION, S.VOIDING, S.VOIDED},
    S.VOIDING: {S.VOIDED, S.RECEIVED, S.ATTENTION},
    S.VOIDED: {S.VOIDING, S.QUEUED},
    S.ATTENTION: {S.QUEUED, S.VOIDING},
    S.RECEIVED: {S.SETTLED, S.QUEUED, S.VOIDING},
    S.SETTLED: set[OutboxState](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing the assessor did that the platform must learn of. `body` is sent as it is.

    `grace_until` None on a sealed review means: until the next sync. `review` names what a void
    or a donation is about. `tries` counts how often the bytes may have left.
    """

    sequence: int
    act_id: ActId
    kind: ActKind
    assignment: AssignmentId
    review: ReviewId | None
    body: bytes = field(repr=False)
    body_sha256: Sha256
    sealed_at: datetime
    grace_until: datetime | None
    state: OutboxState
    tries: int
    reason: AttentionReason | None
    problem: bytes | None = field(repr=False)
    receipt: KeptReceipt | None


def find_row(session: Session, act_id: str) -> OutboxRow:
    """Return the row of an act. Raises NoActError."""
    row = known_row(session, act_id)
    if row is None:
        raise NoActError(ActId(act_id))
    return row


def known_row(session: Session, act_id: str | None) -> OutboxRow | None:
    """Return the row of an act that may have been purged, or never named."""
    return session.scalars(ACT, {"act_id": act_id}).one_or_none()


def reviews_of(session: Session, assignment: str) -> tuple[OutboxRow, ...]:
    """Return the rows of every sealed revision of an assignment, in order of sealing."""
    return tuple(session.scalars(_REVIEWS_OF, {"of": assignment}))


def step(row: OutboxRow, wanted: OutboxState, *, among: Iterable[OutboxState]) -> None:
    """Move an act to a state, if its own state is one of `among` and the table allows it.

    Raises:
        IllegalTransitionError: It is not, or does not.
    """
    if row.state not in among or wanted not in _FOLLOWS[row.state]:
        raise IllegalTransitionError(ActId(row.act_id), row.state, wanted)
    row.state = wanted
    if wanted is not S.ATTENTION:
        row.reason = row.problem = None


def take_receipt(row: OutboxRow, receipt: KeptReceipt, *, among: Iterable[OutboxState]) -> None:
    """Move an act to `received`. Raises WrongReceiptError where the receipt is about another."""
    ours = (row.act_id, row.kind, row.assignment, row.body_sha256)
    if (receipt.act, receipt.kind, receipt.assignment, receipt.body_sha256) != ours:
        raise WrongReceiptError(ActId(row.act_id))
    step(row, S.RECEIVED, among=among)
    row.receipt = receipt.content
    row.receipt_sequence = receipt.sequence
    row.receipt_epoch = receipt.epoch
    row.received_at = receipt.received_at
    row.in_doubt = False


def forget_receipt(row: OutboxRow) -> None:
    """Forget a receipt that no longer proves anything."""
    row.receipt = row.receipt_sequence = row.receipt_epoch = row.received_at = None


def hash_of(body: bytes) -> Sha256:
    """Return the SHA-256 of frozen bytes."""
    return Sha256(hashlib.sha256(body).hexdigest())


def act_of(row: OutboxRow) -> Act:
    """Return the frozen value of a row."""
    return Act(
        sequence=row.sequence,
        act_id=ActId(row.act_id),
        kind=row.kind,
        assignment=AssignmentId(row.assignment),
        review=None if row.review is None else ReviewId(row.review),
        body=row.body,
        body_sha256=Sha256(row.body_sha256),
        sealed_at=row.sealed_at,
        grace_until=row.grace_until,
        state=row.state,
        tries=row.tries,
        reason=row.reason,
        problem=row.problem,
        receipt=_receipt_of(row),
    )


def _receipt_of(row: OutboxRow) -> KeptReceipt | None:
    if (
        row.receipt is None
        or row.receipt_sequence is None
        or row.receipt_epoch is None
        or row.received_at is None
    ):
        return None
    return KeptReceipt(
        sequence=row.receipt_sequence,
        act=ActId(row.act_id),
        kind=row.kind,
        assignment=AssignmentId(row.assignment),
        body_sha256=Sha256(row.body_sha256),
        epoch=Epoch(row.receipt_epoch),
        received_at=row.received_at,
        content=row.receipt,
    )
