"""What left, waits or needs attention, and the receipts: for the sync centre and status bar."""

from dataclasses import dataclass, replace
from datetime import datetime

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId, Sha256, SubmissionId
from assessor_app.domain.outbox import (
    ActKind,
    AttentionReason,
    OutboxState,
    ReviewPlace,
    place_of,
)
from assessor_app.store import account, assignments, hold, outbox
from assessor_app.store.acts import Act
from assessor_app.store.columns import from_json
from assessor_app.store.outbox import Places
from assessor_app.usecases.attention import InvalidField, Twin, invalid_fields, twin_of
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.putting_away import can_be_put_away, is_draft_put_away, is_put_away
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.messages import Problem

__all__ = [
    "InvalidField",
    "OutboxLine",
    "Places",
    "ReceiptLine",
    "StrandedDraft",
    "Twin",
    "count_places",
    "hold_all",
    "list_outbox",
    "list_receipts",
    "list_stranded",
    "send_all",
]

_MAY_BE_HELD = (OutboxState.SEALED, OutboxState.QUEUED, OutboxState.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """The platform's word that it holds an act. `sequence` counts this person's receipts."""

    sequence: int
    received_at: datetime
    epoch: Epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One act and how far it has come. `title` is the micro-credential's.

    `twin`: what the platform counts instead; `invalid`: what it cannot take; `is_donated`: it was
    given to the lead as a second read, so that it needs nobody any more; `is_held`: it does not
    leave before the assessor lets it go; `can_be_put_away`: it needs the assessor, although
    its assignment is closed.
    """

    act: ActId
    kind: ActKind
    assignment: AssignmentId
    submission: SubmissionId | None
    title: str
    review: ReviewId | None
    body_sha256: Sha256
    state: OutboxState
    place: ReviewPlace
    sealed_at: datetime
    grace_until: datetime | None
    tries: int
    attention: AttentionReason | None
    problem: Problem | None
    receipt: ReceiptLine | None
    twin: Twin | None = None
    invalid: tuple[InvalidField, ...] = ()
    is_donated: bool = False
    is_held: bool = False
    can_be_put_away: bool = False
    is_put_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandedDraft:
    """A draft that can no longer be sealed. `is_decided`: the platform counts another review."""

    assignment: AssignmentId
    submission: SubmissionId | None
    title: str
    saved_at: datetime
    is_decided: bool
    is_put_away: bool = False


def list_outbox(at: Transaction) -> tuple[OutboxLine, ...]:
    """Return every act, oldest first."""
    known = {own.id: own for own in assignments.list_assignments(at.session)}
    bound = account.get_account(at.session)
    receipt_key = bound.receipt_key if bound else ""
    acts = outbox.list_acts(at.session)
    needing = {act.act_id for act in outbox.list_attention(at.session)}
    holds = hold.is_held(at.session)
    lines: list[OutboxLine] = []
    for act in acts:
        assignment = known.get(act.assignment)
        line = _line(
            act,
            assignment.submission if assignment else None,
            assignment.title if assignment else "",
            is_held=holds and act.state in _MAY_BE_HELD and act.kind is not ActKind.VOID,
        )
        if act.state is OutboxState.ATTENTION:
            line = replace(
                line,
                twin=twin_of(act, line.problem, receipt_key),
                invalid=invalid_fields(act, line.problem),
                is_donated=act.act_id not in needing,
                can_be_put_away=can_be_put_away(act, assignment) and act.act_id in needing,
                is_put_away=is_put_away(at, act, assignment),
            )
        lines.append(line)
    return tuple(lines)


def list_stranded(at: Transaction) -> tuple[StrandedDraft, ...]:
    """Return the drafts that can no longer be sealed; they are kept whole."""
    found: list[StrandedDraft] = []
    for draft in outbox.list_stranded_drafts(at.session):
        assignment = assignments.get_assignment(at.session, draft.review.assignment)
        is_decided = assignment is None or assignment.state is AssignmentState.MINE_FINAL
        found.append(
            StrandedDraft(
                assignment=draft.review.assignment,
                submission=assignment.submission if assignment else None,
                title=assignment.title if assignment else "",
                saved_at=draft.saved_at,
                is_decided=is_decided,
                is_put_away=is_draft_put_away(at, draft),
            )
        )
    return tuple(found)


def list_receipts(at: Transaction) -> tuple[OutboxLine, ...]:
    """Return the acts the platform holds, newest first."""
    held = [(line.receipt.sequence, line) for line in list_outbox(at) if line.receipt]
    return tuple(line for _, line in sorted(held, key=lambda pair: -pair[0]))


def count_places(at: Transaction) -> Places:
    """Return how many reviews are on this laptop, in the outbox, and received.

    What was put away is only on this laptop all the same.
    """
    return outbox.count_places(at.session)


def hold_all(at: Transaction) -> Changes:
    """Let nothing leave, now and later, but what takes a review back. It survives a restart."""
    hold.hold(at.session, at.journal, holds=True)
    return Changes(outbox=True)


def send_all(at: Transaction) -> Changes:
    """Let go what was held: it leaves with the next round, each at its time."""
    hold.hold(at.session, at.journal, holds=False)
    return Changes(outbox=True)


def _line(act: Act, submission: SubmissionId | None, title: str, *, is_held: bool) -> OutboxLine:
    receipt = act.receipt
    return OutboxLine(
        act=act.act_id,
        kind=act.kind,
        assignment=act.assignment,
        submission=submission,
        title=title,
        review=act.review,
        body_sha256=act.body_sha256,
        state=act.state,
        place=place_of(act.state),
        sealed_at=act.sealed_at,
        grace_until=act.grace_until,
        tries=act.tries,
        attention=act.reason,
        problem=from_json(Problem, act.problem) if act.problem else None,
        receipt=ReceiptLine(receipt.sequence, receipt.received_at, receipt.epoch)
        if receipt
        else None,
        is_held=is_held,
    )
