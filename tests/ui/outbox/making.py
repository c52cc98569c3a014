"""Acts in every state, and what the sync centre shows of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assessor_app.domain.ids import (
    ActId,
    AssignmentId,
    Epoch,
    ReviewId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, place_of
from assessor_app.ui.outbox.lines import Outlook, receipts, waiting
from assessor_app.ui.outbox.needs import attention
from assessor_app.ui.outbox.screen import CentreState
from assessor_app.usecases.outbox import OutboxLine, Places, ReceiptLine, Twin

NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)
SEALED = OutboxLine(
    act=ActId("act-1"),
    kind=ActKind.REVIEW,
    assignment=AssignmentId("assignment-1"),
    submission=SubmissionId("MC-T6GB-2"),
    title="Reading Data Displays Critically",
    review=None,
    state=OutboxState.SEALED,
    place=place_of(OutboxState.SEALED),
    sealed_at=NOW,
    grace_until=NOW + timedelta(hours=2),
    tries=0,
    attention=None,
    problem=None,
    body_sha256=Sha256("0" * 64),
    receipt=None,
)
QUEUED = replace(SEALED, act=ActId("act-2"), state=OutboxState.QUEUED)
UNKNOWN = replace(SEALED, act=ActId("act-3"), state=OutboxState.AMBIGUOUS, tries=1)
RECEIVED = replace(
    SEALED,
    act=ActId("act-4"),
    state=OutboxState.RECEIVED,
    receipt=ReceiptLine(21, NOW, Epoch("epoch-1")),
)
REFUSED = replace(
    SEALED,
    act=ActId("act-5"),
    state=OutboxState.ATTENTION,
    attention=AttentionReason.FORBIDDEN,
)
STALE = replace(REFUSED, act=ActId("act-6"), attention=AttentionReason.STALE_RUBRIC)


SOON = NOW + timedelta(seconds=40)
ONLINE = Outlook(now=NOW, next_round=SOON)
OFFLINE = Outlook(now=NOW, is_offline=True)


def state_of(*lines: OutboxLine, is_offline: bool = False, is_held: bool = False) -> CentreState:
    return CentreState(
        places=Places(laptop=2, outbox=3, received=21, is_held=is_held),
        attention=attention(lines),
        waiting=waiting(lines, OFFLINE if is_offline else ONLINE),
        receipts=receipts(lines, NOW),
        history=receipts(lines, NOW),
        held="sealed, held until you are connected" if is_offline else "",
        is_today=True,
    )


TWIN = Twin(review=ReviewId("other"), sequence=7, received_at=NOW, is_equal=True)
