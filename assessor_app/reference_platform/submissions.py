"""Take submissions in, publish rubrics, and remember what replaced what."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import MicrocredentialId, Sha256, SubmissionId
from assessor_app.domain.packet import Packet, RelatedSubmission
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform import lending
from assessor_app.reference_platform.errors import (
    AlreadyDecidedError,
    DifferentRubricError,
    ReferenceTakenError,
    UnknownEarlierAttemptError,
)
from assessor_app.reference_platform.intake.built import BuiltSubmission, Earlier
from assessor_app.reference_platform.schema import (
    ChainRow,
    PacketBlobRow,
    PacketRow,
    RubricRow,
    SubmissionRow,
)
from assessor_app.wire.codec import dump, parse, sha256


def take_in(session: Session, built: BuiltSubmission, *, drawn_second: bool) -> SubmissionId:
    """Keep a submission and return the earner's id for it. Its blobs are kept already.

    A reference that is known makes a new packet version, which goes to all who have the old one,
    when it is held, at its release. The same manifest again changes nothing.

    Raises:
        AlreadyDecidedError: A new packet version comes after the issuer's decision.
        UnknownEarlierAttemptError: It names an earlier attempt that is not here.
        DifferentRubricError: Its rubric version is published with other words.
        ReferenceTakenError: Its reference is that of somebody else's submission.
    """
    known = _by_reference(session, built.reference)
    if known is not None:
        _renew(session, known, built)
        return lending.earner_handle(session, known)
    for reference in built.earlier:
        if _by_reference(session, reference) is None:
            raise UnknownEarlierAttemptError(reference)
    chain = _chain(session, built)
    attempts = select(func.count()).where(SubmissionRow.chain_id == chain.id)
    submission = SubmissionRow(
        chain_id=chain.id,
        attempt=session.scalars(attempts).one() + 1,
        reference=built.reference,
        rubric_sha256=publish(session, built.rubric, built.rubric_bytes).sha256,
        title=built.packet.microcredential.title,
        submitted_at=built.packet.submitted_at,
        due_on=built.packet.due_on,
        second_reads=dump(built.second_reads),
        held=built.held,
        drawn_second=drawn_second,
    )
    session.add(submission)
    session.flush()
    add_packet(session, submission, built)
    lending.add_handle(session, submission.id, None)
    return lending.earner_handle(session, submission)


def add_packet(session: Session, submission: SubmissionRow, built: BuiltSubmission) -> PacketRow:
    """Keep a packet version."""
    blobs = built.packet.blobs()
    packet = PacketRow(
        submission_id=submission.id,
        manifest_sha256=sha256(built.manifest),
        manifest=built.manifest,
        size_bytes=len(built.manifest) + sum(blob.size_bytes for blob in blobs),
    )
    session.add(packet)
    session.flush()
    session.add_all(PacketBlobRow(packet_row=packet.id, sha256=blob.sha256) for blob in blobs)
    session.flush()
    return packet


def publish(session: Session, rubric: Rubric, content: bytes) -> RubricRow:
    """Keep a rubric version for good. Raises DifferentRubricError if it has other words."""
    known = session.scalar(
        select(RubricRow).where(RubricRow.rubric == rubric.id, RubricRow.version == rubric.version)
    )
    if known is not None and known.content != content:
        raise DifferentRubricError(rubric.id, rubric.version)
    if known is None:
        known = RubricRow(
            sha256=sha256(content), rubric=rubric.id, version=rubric.version, content=content
        )
        session.add(known)
        session.flush()
    return known


def move_to_rubric(session: Session, row: RubricRow) -> None:
    """Let everything not yet rated be rated with this version, or stay with a newer one.

    What is rated stays.
    """
    of_this = select(RubricRow.sha256).where(
        RubricRow.rubric == row.rubric, RubricRow.version < row.version
    )
    undecided = select(SubmissionRow).where(
        SubmissionRow.rubric_sha256.in_(of_this), SubmissionRow.decided.is_(None)
    )
    for submission in session.scalars(undecided):
        submission.rubric_sha256 = row.sha256
        for assignment in lending.open_assignments(session, submission.id):
            assignment.rubric_sha256 = row.sha256
            lending.change(session, assignment, AssignmentState.OPEN)


def earlier(session: Session, reference: str) -> Earlier | None:
    """Return what intake has to know of an attempt the platform holds."""
    row = _by_reference(session, reference)
    if row is None:
        return None
    chain = session.get_one(ChainRow, row.chain_id)
    packet = session.scalars(
        select(PacketRow).where(PacketRow.submission_id == row.id).order_by(PacketRow.id.desc())
    ).first()
    assert packet is not None  # noqa: S101 (a submission is kept with its packet)
    return Earlier(
        earner=chain.earner,
        microcredential=MicrocredentialId(chain.microcredential),
        related=RelatedSubmission(
            manifest_sha256=Sha256(packet.manifest_sha256),
            submitted_on=parse(Packet, packet.manifest).submitted_at.date(),
        ),
    )


def is_replaced(session: Session, submission: SubmissionRow) -> bool:
    """Return whether a later attempt of the same chain is here."""
    later = select(SubmissionRow.id).where(
        SubmissionRow.chain_id == submission.chain_id, SubmissionRow.attempt > submission.attempt
    )
    return session.scalar(later.limit(1)) is not None


def undecided(session: Session) -> tuple[SubmissionRow, ...]:
    """Return what may need a reader: not held, decided or replaced; oldest first."""
    rows = session.scalars(
        select(SubmissionRow)
        .where(SubmissionRow.held.is_(False), SubmissionRow.decided.is_(None))
        .order_by(SubmissionRow.submitted_at, SubmissionRow.id)
    )
    return tuple(row for row in rows if not is_replaced(session, row))


def _renew(session: Session, known: SubmissionRow, built: BuiltSubmission) -> None:
    if known.decided is not None:
        raise AlreadyDecidedError(lending.earner_handle(session, known))
    chain = session.get_one(ChainRow, known.chain_id)
    if (chain.earner, chain.microcredential) != (built.earner, built.packet.microcredential.id):
        raise ReferenceTakenError(built.reference)
    same = select(PacketRow.id).where(
        PacketRow.submission_id == known.id, PacketRow.manifest_sha256 == sha256(built.manifest)
    )
    if session.scalar(same) is not None:
        return
    move_to_rubric(session, publish(session, built.rubric, built.rubric_bytes))
    packet = add_packet(session, known, built)
    known.held = built.held
    if not known.held:
        lending.replace_packet(session, packet)


def _by_reference(session: Session, reference: str) -> SubmissionRow | None:
    return session.scalar(select(SubmissionRow).where(SubmissionRow.reference == reference))


def _chain(session: Session, built: BuiltSubmission) -> ChainRow:
    microcredential = built.packet.microcredential.id
    row = session.scalar(
        select(ChainRow).where(
            ChainRow.earner == built.earner, ChainRow.microcredential == microcredential
        )
    )
    if row is None:
        row = ChainRow(earner=built.earner, microcredential=microcredential)
        session.add(row)
        session.flush()
    return row
