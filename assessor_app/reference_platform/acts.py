"""Receive the other acts: void, lease, return, recuse, flag, ask, donate. Each has one effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import Packet
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform import lending, receiving
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.receiving import Received, Sent
from assessor_app.reference_platform.rules import broken_rules
from assessor_app.reference_platform.schema import (
    ActRow,
    AssignmentRow,
    LentRow,
    PacketRow,
    ReviewRow,
    RubricRow,
    TombstoneRow,
)
from assessor_app.wire.codec import parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import ActBody, InvalidAt, ProblemKind, ReviewBody


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that passed the checks all acts share, and what it is about."""

    session: Session
    sent: Sent
    row: AssignmentRow
    body: ActBody


def receive_act(session: Session, sent: Sent, body: ActBody) -> Received:
    """Keep an act and do what it says, once. Raises RefusedError."""
    row = receiving.lock_assignment(session, sent, body.assignment)
    if (known := receiving.known_act(session, sent, body.act)) is not None:
        return Received(receiving.receipt_of(session, known, sent.key), created=False)
    receiving.check_epoch(session, sent.envelope.epoch)
    _EFFECTS[body.kind](Deed(session, sent, row, body))
    act = receiving.add_act(session, sent, body.act, body.kind, row)
    return Received(receiving.receipt_of(session, act, sent.key), created=True)


def _void(deed: Deed) -> None:
    session, review_id = deed.session, _named_review(deed.body)
    review = session.get(ReviewRow, (deed.sent.person.id, review_id))
    if review is not None and review.assignment_id != deed.row.id:
        raise _invalid("/review", "a review of another assignment")
    if review is not None and review.counted:
        act = session.get_one(ActRow, (review.person_id, review.review))
        receipt = receiving.receipt_of(session, act, deed.sent.key)
        raise RefusedError(ProblemKind.CLOSED, review=review_id, receipt=receipt)
    _bury(deed, review_id)
    if review is not None and review.live is not None:
        review.live = None
        session.flush()
        lending.reopen(session, deed.row)


def _bury(deed: Deed, review: ReviewId) -> None:
    if not receiving.is_void(deed.session, deed.sent.person, review):
        deed.session.add(TombstoneRow(person_id=deed.sent.person.id, review=review))
        deed.session.flush()


def _lease(deed: Deed) -> None:
    _check_workable(deed)
    deed.row.lease_until = deed.sent.now + lending.LEASE
    lending.change(deed.session, deed.row, AssignmentState.OPEN)


def _return(deed: Deed) -> None:
    _check_workable(deed)
    lending.change(deed.session, deed.row, AssignmentState.WITHDRAWN)


def _recuse(deed: Deed) -> None:
    _return(deed)
    deed.row.recused = True


def _flag(deed: Deed) -> None:
    packet = deed.session.get_one(PacketRow, deed.row.packet_row)
    lending.quarantine(deed.session, packet, now=deed.sent.now)


def _ask(deed: Deed) -> None:
    _check_workable(deed)
    deed.row.asked_at = deed.sent.now


def _donate(deed: Deed) -> None:
    session, body = deed.session, deed.body
    review_id = _named_review(body)
    if receiving.is_void(session, deed.sent.person, review_id):
        raise RefusedError(ProblemKind.VOIDED)
    receiving.check_undecided(session, deed.sent, deed.row)
    if deed.row.state is AssignmentState.OPEN:
        raise _invalid("/kind", "the assignment is open")
    try:
        sealed = parse(ReviewBody, body.sealed)
    except MalformedError as error:
        raise _invalid("/sealed", error.problem) from None
    if (sealed.review, sealed.assignment) != (review_id, body.assignment):
        raise _invalid("/sealed", "another review")
    if session.get(ReviewRow, (deed.sent.person.id, review_id)) is not None:
        raise _invalid("/review", "a review of another assignment")
    _check_donated(deed, sealed)
    review = receiving.review_row(session, deed.sent, deed.row, sealed)
    review.body, review.donated = body.sealed.encode(), True
    session.add(review)
    _bury(deed, review_id)


def _check_donated(deed: Deed, sealed: ReviewBody) -> None:
    """Hold late work against the packet and rubric it was made on, if this person had them."""
    manifest = deed.session.scalar(
        select(PacketRow.manifest)
        .join(LentRow, LentRow.packet_row == PacketRow.id)
        .where(LentRow.handle == deed.row.handle)
        .where(PacketRow.manifest_sha256 == sealed.packet.manifest_sha256)
    )
    rubric = deed.session.get(RubricRow, sealed.rubric.sha256)
    if manifest is None or rubric is None:
        raise _invalid("/sealed", "an unknown packet or rubric")
    if broken := broken_rules(sealed, parse(Rubric, rubric.content), parse(Packet, manifest)):
        raise RefusedError(
            ProblemKind.INVALID,
            errors=tuple(InvalidAt(pointer="/sealed", problem=one.problem) for one in broken),
        )


def _check_workable(deed: Deed) -> None:
    receiving.check_undecided(deed.session, deed.sent, deed.row)
    receiving.check_open(deed.row)


def _named_review(body: ActBody) -> ReviewId:
    if body.review is None:
        raise _invalid("/review", "names no review")
    return body.review


def _invalid(pointer: str, problem: str) -> RefusedError:
    return RefusedError(ProblemKind.INVALID, errors=(InvalidAt(pointer=pointer, problem=problem),))


_EFFECTS: Mapping[ActKind, Callable[[Deed], None]] = MappingProxyType(
    {
        ActKind.VOID: _void,
        ActKind.LEASE: _lease,
        ActKind.RETURN: _return,
        ActKind.RECUSE: _recuse,
        ActKind.FLAG: _flag,
        ActKind.ASK: _ask,
        ActKind.DONATE: _donate,
    }
)
