"""A platform that was restored from a backup: what it may have forgotten goes again."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from assessor_app.domain.ids import Epoch
from assessor_app.domain.outbox import ActKind
from assessor_app.store import account
from assessor_app.store.acts import S, forget_receipt, known_row, step
from assessor_app.store.schema import OutboxRow
from assessor_app.store.voids import await_void

_UNSETTLED = (
    select(OutboxRow)
    .where(
        OutboxRow.state.in_((S.RECEIVED, S.VOIDED)),
        OutboxRow.receipt_epoch.is_distinct_from(bindparam("epoch")),
    )
    .order_by(OutboxRow.sequence)
)


def enter_epoch(session: Session, epoch: Epoch) -> bool:
    """Make `epoch` the current one. Return whether it is another than before.

    Cursor and durable sequence belong to the old one and are forgotten. What was received in an
    older epoch and is not settled is queued again, voids included; a voided review stays behind
    its void. What waits for attention does not go again by itself.
    """
    known = account.get_account(session)
    if known is None or known.epoch == epoch:
        return False
    account.put_epoch(session, epoch)
    for row in session.scalars(_UNSETTLED, {"epoch": epoch}).all():
        if row.state is S.VOIDED and row.kind is ActKind.REVIEW:
            continue
        step(row, S.QUEUED, among=(S.RECEIVED, S.VOIDED))
        forget_receipt(row)
        if row.kind is ActKind.VOID:
            _await_void(session, row)
    return True


def _await_void(session: Session, void: OutboxRow) -> None:
    review = known_row(session, void.review)
    if review is not None and review.state in (S.VOIDED, S.ATTENTION):
        await_void(review, reason=review.reason, problem=review.problem)
