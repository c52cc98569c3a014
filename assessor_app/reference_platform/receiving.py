"""Receive what assessors send: the order of checks, in one transaction, and the receipts.

Tombstone, then UUID, epoch, already decided, closed, versions, rules of the body, insert. The
caller's transaction holds the write lock from its start, so that nothing changes in between.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, ReviewId, Sha256
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import Packet
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform import lending, views
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.rules import broken_rules
from assessor_app.reference_platform.schema import (
    ActRow,
    AssignmentRow,
    PacketRow,
    PersonRow,
    ReviewRow,
    RubricRow,
    SubmissionRow,
    TombstoneRow,
)
from assessor_app.wire import receipts
from assessor_app.wire.codec import parse, sha256
from assessor_app.wire.messages import ProblemKind, Receipt, ReviewBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What may change from try to try. `view_version` is None where `If-Match` names none."""

    epoch: str | None
    view_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Bytes of an act, by whom and when; `key` signs the receipt."""

    person: Person
    content: bytes = field(repr=False)
    envelope: Envelope
    now: datetime
    key: Ed25519PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt, and whether this try made it."""

    receipt: Receipt
    created: bool


def receive_review(session: Session, sent: Sent, body: ReviewBody) -> Received:
    """Keep a sealed review, once. Raises RefusedError."""
    row = lock_assignment(session, sent, body.assignment)
    if is_void(session, sent.person, body.review):
        raise RefusedError(ProblemKind.VOIDED)
    if (known := known_act(session, sent, ActId(body.review))) is not None:
        return Received(receipt_of(session, known, sent.key), created=False)
    check_epoch(session, sent.envelope.epoch)
    check_undecided(session, sent, row)
    check_open(row)
    _check_versions(sent, row, body, session)
    _check_rules(session, row, body)
    act = add_act(session, sent, ActId(body.review), ActKind.REVIEW, row)
    review = review_row(session, sent, row, body)
    review.live = row.id
    session.add(review)
    row.asked_at = None
    session.flush()
    lending.change(session, row, AssignmentState.MINE_FINAL)
    return Received(receipt_of(session, act, sent.key), created=True)


def review_receipt(
    session: Session, sent: Sent, assignment: AssignmentId, review: ReviewId
) -> Receipt:
    """Return the receipt of a review this person sent. Raises RefusedError."""
    views.own_assignment(session, sent.person, assignment)
    if is_void(session, sent.person, review):
        raise RefusedError(ProblemKind.VOIDED)
    known = session.get(ActRow, (sent.person.id, review))
    if known is None or known.assignment_id != assignment or known.kind is not ActKind.REVIEW:
        raise RefusedError(ProblemKind.NOT_FOUND)
    if sent.envelope.epoch is not None:
        check_epoch(session, sent.envelope.epoch)
    return receipt_of(session, known, sent.key)


def lock_assignment(session: Session, sent: Sent, assignment: AssignmentId) -> AssignmentRow:
    """Return this person's assignment; its submission and person are locked until the commit."""
    row = views.own_assignment(session, sent.person, assignment)
    session.get_one(SubmissionRow, row.submission_id, with_for_update=True)
    session.get_one(PersonRow, sent.person.id, with_for_update=True)
    session.refresh(row)
    return row


def is_void(session: Session, person: Person, review: ReviewId) -> bool:
    """Return whether a review is void for good."""
    return session.get(TombstoneRow, (person.id, review)) is not None


def known_act(session: Session, sent: Sent, act: ActId) -> ActRow | None:
    """Return what is held under a UUID. Raises RefusedError if it was another body."""
    known = session.get(ActRow, (sent.person.id, act))
    if known is not None and known.body_sha256 != sha256(sent.content):
        raise RefusedError(ProblemKind.DIFFERENT_BODY)
    return known


def check_epoch(session: Session, told: str | None) -> None:
    """Refuse what was meant for the platform before a restore."""
    if told != views.epoch(session):
        raise RefusedError(ProblemKind.EPOCH_MISMATCH)


def check_undecided(session: Session, sent: Sent, row: AssignmentRow) -> None:
    """Refuse a second word on an assignment; the answer carries the first one's receipt."""
    live = session.scalar(select(ReviewRow).where(ReviewRow.live == row.id))
    if live is not None:
        raise already_decided(session, sent, live)


def already_decided(session: Session, sent: Sent, live: ReviewRow) -> RefusedError:
    """Return the refusal that names the person's own other review."""
    act = session.get_one(ActRow, (live.person_id, live.review))
    return RefusedError(
        ProblemKind.ALREADY_DECIDED,
        review=ReviewId(live.review),
        receipt=receipt_of(session, act, sent.key),
    )


def check_open(row: AssignmentRow) -> None:
    """Refuse what comes after a withdrawal, a reassignment or the issuer's decision: all closed."""
    if row.state is AssignmentState.WITHDRAWN:
        raise RefusedError(ProblemKind.CLOSED)


def add_act(session: Session, sent: Sent, act: ActId, kind: ActKind, row: AssignmentRow) -> ActRow:
    """Keep the bytes of an act under the person's next receipt number."""
    person = session.get_one(PersonRow, sent.person.id)
    person.last_sequence += 1
    added = ActRow(
        person_id=person.id,
        act=act,
        kind=kind,
        assignment_id=row.id,
        body=sent.content,
        body_sha256=sha256(sent.content),
        sequence=person.last_sequence,
        received_at=sent.now,
    )
    session.add(added)
    session.flush()
    return added


def receipt_of(session: Session, act: ActRow, key: Ed25519PrivateKey) -> Receipt:
    """Return the receipt of an act, signed for the present epoch."""
    unsigned = Receipt(
        sequence=act.sequence,
        act=ActId(act.act),
        kind=act.kind,
        assignment=AssignmentId(act.assignment_id),
        body_sha256=Sha256(act.body_sha256),
        epoch=views.epoch(session),
        received_at=act.received_at,
        signature="",
    )
    return receipts.sign(unsigned, key)


def review_row(session: Session, sent: Sent, row: AssignmentRow, body: ReviewBody) -> ReviewRow:
    """Return a review with all that the agreement statistics need, not counting yet."""
    rubric = session.get_one(RubricRow, body.rubric.sha256)
    return ReviewRow(
        person_id=sent.person.id,
        review=body.review,
        assignment_id=row.id,
        submission_id=row.submission_id,
        body=sent.content,
        determination=body.determination,
        reason=row.reason,
        blind=row.blind,
        attempt=session.get_one(SubmissionRow, row.submission_id).attempt,
        rubric_sha256=rubric.sha256,
        rubric_version=rubric.version,
        assigned_at=row.assigned_at,
        received_at=sent.now,
        live=None,
    )


def _check_versions(sent: Sent, row: AssignmentRow, body: ReviewBody, session: Session) -> None:
    packet = session.get_one(PacketRow, row.packet_row)
    if body.packet.manifest_sha256 != packet.manifest_sha256:
        raise RefusedError(ProblemKind.STALE_PACKET)
    if body.rubric.sha256 != row.rubric_sha256:
        raise RefusedError(ProblemKind.STALE_RUBRIC)
    if sent.envelope.view_version != row.view_version:
        raise RefusedError(ProblemKind.STALE_VIEW)


def _check_rules(session: Session, row: AssignmentRow, body: ReviewBody) -> None:
    rubric = session.get_one(RubricRow, row.rubric_sha256)
    packet = session.get_one(PacketRow, row.packet_row)
    broken = broken_rules(body, parse(Rubric, rubric.content), parse(Packet, packet.manifest))
    if broken:
        raise RefusedError(ProblemKind.INVALID, errors=broken)
