"""Lend packets and take them back. Every change of a view is counted and told in the feed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.ids import Sha256, SubmissionId
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.errors import (
    HeldError,
    NotAssignableError,
    NothingLentError,
    UnknownSubmissionError,
)
from assessor_app.reference_platform.schema import (
    AssignmentRow,
    BlobNameRow,
    FeedRow,
    HandleRow,
    LentRow,
    PacketBlobRow,
    PacketRow,
    PersonRow,
    ReadReason,
    SubmissionRow,
)
from assessor_app.wire.messages import FeedOp, NoticeKind

LEASE = timedelta(days=14)
_KINDS = {
    ReadReason.PRACTICE: AssignmentKind.PRACTICE,
    ReadReason.QUALIFICATION: AssignmentKind.PRACTICE,
    ReadReason.ADJUDICATION: AssignmentKind.ADJUDICATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """To whom, why and when a packet is lent."""

    person: PersonRow
    reason: ReadReason
    now: datetime


def submission_of(session: Session, handle: str) -> SubmissionRow:
    """Return the submission of any person's id. Raises UnknownSubmissionError."""
    row = session.get(HandleRow, handle.strip().upper())
    if row is None:
        raise UnknownSubmissionError(handle)
    return session.get_one(SubmissionRow, row.submission_id)


def earner_handle(session: Session, submission: SubmissionRow) -> SubmissionId:
    """Return the earner's own id of a submission."""
    found = session.scalars(
        select(HandleRow.handle).where(
            HandleRow.submission_id == submission.id, HandleRow.person_id.is_(None)
        )
    ).one()
    return SubmissionId(found)


def add_handle(session: Session, submission_id: int, person_id: int | None) -> HandleRow:
    """Return a person's id for a submission, drawn if there is none."""
    row = session.scalar(
        select(HandleRow).where(
            HandleRow.submission_id == submission_id, HandleRow.person_id == person_id
        )
    )
    if row is not None:
        return row
    handle = keys.new_handle()
    while session.get(HandleRow, handle) is not None:
        handle = keys.new_handle()
    row = HandleRow(
        handle=handle,
        submission_id=submission_id,
        person_id=person_id,
        packet=keys.random_id(),
    )
    session.add(row)
    session.flush()
    return row


def current_packet(session: Session, submission_id: int) -> PacketRow | None:
    """Return the newest packet version; None while it is in quarantine.

    An older one is no way out: it was blinded less, and what was found may be in it too.
    """
    newest = session.scalars(
        select(PacketRow)
        .where(PacketRow.submission_id == submission_id)
        .order_by(PacketRow.id.desc())
        .limit(1)
    ).one()
    return newest if newest.quarantined_at is None else None


def lend(session: Session, submission: SubmissionRow, loan: Loan) -> AssignmentRow:
    """Open an assignment, or open again one that was given back.

    Raises:
        HeldError: The issuer has not released it.
        NotAssignableError: This person has it, recused, or there is nothing to review any more.
    """
    handle = earner_handle(session, submission)
    packet = current_packet(session, submission.id)
    if submission.held:
        raise HeldError(handle)
    if submission.decided or packet is None:
        raise NotAssignableError(handle)
    row = session.scalar(
        select(AssignmentRow).where(
            AssignmentRow.person_id == loan.person.id,
            AssignmentRow.submission_id == submission.id,
        )
    )
    if row is None:
        row = _new(session, submission, packet, loan)
    elif row.state is not AssignmentState.WITHDRAWN or row.recused:
        raise NotAssignableError(handle)
    row.packet_row, row.rubric_sha256 = packet.id, submission.rubric_sha256
    row.kind, row.reason = _KINDS.get(loan.reason, AssignmentKind.REVIEW), loan.reason
    row.assigned_at, row.lease_until = loan.now, loan.now + LEASE
    row.asked_at, row.quarantined = None, False
    give_version(session, loan.person, row.handle, packet)
    change(session, row, AssignmentState.OPEN)
    return row


def _new(
    session: Session, submission: SubmissionRow, packet: PacketRow, loan: Loan
) -> AssignmentRow:
    handle = add_handle(session, submission.id, loan.person.id)
    for earlier in _earlier_attempts(session, submission):
        add_handle(session, earlier, loan.person.id)
    lent = select(func.count()).where(AssignmentRow.person_id == loan.person.id)
    row = AssignmentRow(
        id=keys.random_id(),
        number=session.scalars(lent).one() + 1,
        person_id=loan.person.id,
        submission_id=submission.id,
        handle=handle.handle,
        packet_row=packet.id,
        rubric_sha256=submission.rubric_sha256,
        kind=_KINDS.get(loan.reason, AssignmentKind.REVIEW),
        reason=loan.reason,
        assigned_at=loan.now,
        lease_until=None,
    )
    session.add(row)
    return row


def _earlier_attempts(session: Session, submission: SubmissionRow) -> tuple[int, ...]:
    found = select(SubmissionRow.id).where(
        SubmissionRow.chain_id == submission.chain_id, SubmissionRow.attempt < submission.attempt
    )
    return tuple(session.scalars(found))


def give_version(session: Session, person: PersonRow, handle: str, packet: PacketRow) -> None:
    """Let a person fetch a packet version, under this person's next version number."""
    if session.get(LentRow, (handle, packet.id)) is not None:
        return
    newest = session.scalar(select(func.max(LentRow.version)).where(LentRow.handle == handle))
    session.add(LentRow(handle=handle, packet_row=packet.id, version=(newest or 0) + 1))
    wanted = select(PacketBlobRow.sha256).where(PacketBlobRow.packet_row == packet.id)
    for sha256 in session.scalars(wanted):
        name = keys.blob_name(person.secret, Sha256(sha256))
        if session.get(BlobNameRow, name) is None:
            session.add(BlobNameRow(blob=name, person_id=person.id, sha256=sha256))


def change(session: Session, row: AssignmentRow, state: AssignmentState) -> None:
    """Set the state of an assignment: its view version goes on, and the feed tells it."""
    row.state = state
    row.view_version += 1
    person = session.get_one(PersonRow, row.person_id)
    person.last_position += 1
    withdrawn = state is AssignmentState.WITHDRAWN
    session.add(
        FeedRow(
            person_id=person.id,
            position=person.last_position,
            op=FeedOp.WITHDRAW if withdrawn else FeedOp.UPSERT,
            kind="assignment",
            thing=row.id,
            view_version=row.view_version,
        )
    )
    session.flush()


def tell(session: Session, person: PersonRow, notice: NoticeKind) -> None:
    """Put a notice into a person's feed."""
    person.last_position += 1
    session.add(
        FeedRow(
            person_id=person.id,
            position=person.last_position,
            op=FeedOp.NOTICE,
            kind=notice,
            thing=keys.random_id(),
            view_version=0,
        )
    )
    session.flush()


def reopen(session: Session, row: AssignmentRow) -> None:
    """Let an assessor review again what was final, on the packet and rubric of today."""
    submission = session.get_one(SubmissionRow, row.submission_id)
    packet = _packet_again(session, submission, row)
    row.rubric_sha256 = submission.rubric_sha256
    if packet is None:
        row.quarantined = True
        change(session, row, AssignmentState.WITHDRAWN)
        return
    give_version(session, session.get_one(PersonRow, row.person_id), row.handle, packet)
    row.packet_row = packet.id
    change(session, row, AssignmentState.OPEN)


def _packet_again(
    session: Session, submission: SubmissionRow, row: AssignmentRow
) -> PacketRow | None:
    """Return the newest packet version; while the issuer looks at that, the one of before."""
    if not submission.held:
        return current_packet(session, submission.id)
    own = session.get_one(PacketRow, row.packet_row)
    return own if own.quarantined_at is None else None


def release(session: Session, submission: SubmissionRow) -> None:
    """End a hold for the issuer: what was held goes to all who have the packet of before."""
    packet = current_packet(session, submission.id)
    if submission.held and packet is not None:
        replace_packet(session, packet)
    submission.held = False


def open_assignments(session: Session, submission_id: int) -> tuple[AssignmentRow, ...]:
    """Return what is lent of a submission and not final, in the order of lending."""
    found = select(AssignmentRow).where(
        AssignmentRow.submission_id == submission_id,
        AssignmentRow.state == AssignmentState.OPEN,
    )
    return tuple(session.scalars(found.order_by(AssignmentRow.assigned_at, AssignmentRow.id)))


def take_back(
    session: Session, submission: SubmissionRow, person: PersonRow | None
) -> tuple[AssignmentRow, ...]:
    """Withdraw what is open of a submission, of one person or of everyone.

    Raises:
        NothingLentError: Nothing was open.
    """
    rows = tuple(
        row
        for row in open_assignments(session, submission.id)
        if person is None or row.person_id == person.id
    )
    if not rows:
        raise NothingLentError(earner_handle(session, submission))
    for row in rows:
        change(session, row, AssignmentState.WITHDRAWN)
    return rows


def reclaim(session: Session, *, now: datetime) -> int:
    """Withdraw every open assignment whose lease ran out; nothing else ends one. Return how many.

    What its assessor has sealed meanwhile comes too late, and can be donated.
    """
    late = select(AssignmentRow).where(
        AssignmentRow.state == AssignmentState.OPEN, AssignmentRow.lease_until <= now
    )
    rows = session.scalars(late.order_by(AssignmentRow.id)).all()
    for row in rows:
        change(session, row, AssignmentState.WITHDRAWN)
    return len(rows)


def quarantine(session: Session, packet: PacketRow, *, now: datetime) -> None:
    """Keep a packet version from everyone: a leak was found in it.

    Those before it were blinded less, and go with it. Who reports may have read one of them.
    """
    session.execute(
        update(PacketRow)
        .where(PacketRow.submission_id == packet.submission_id, PacketRow.id <= packet.id)
        .where(PacketRow.quarantined_at.is_(None))
        .values(quarantined_at=now)
    )
    for row in open_assignments(session, packet.submission_id):
        if row.packet_row == packet.id:
            row.quarantined = True
            change(session, row, AssignmentState.WITHDRAWN)


def replace_packet(session: Session, packet: PacketRow) -> None:
    """Give a new packet version to all who have an open assignment or lost it by quarantine.

    Who lost it had no part in what was published meanwhile: the rubric is that of today.
    """
    submission = session.get_one(SubmissionRow, packet.submission_id)
    found = select(AssignmentRow).where(AssignmentRow.submission_id == packet.submission_id)
    for row in session.scalars(found.order_by(AssignmentRow.assigned_at, AssignmentRow.id)):
        is_older = row.state is AssignmentState.OPEN and row.packet_row != packet.id
        if is_older or row.quarantined:
            person = session.get_one(PersonRow, row.person_id)
            give_version(session, person, row.handle, packet)
            row.packet_row, row.rubric_sha256 = packet.id, submission.rubric_sha256
            row.quarantined = False
            change(session, row, AssignmentState.OPEN)
