"""Serve packets to those who have them lent: manifests, rubrics and blobs."""

import gzip
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import BlobId, PacketId, RubricId, Sha256, SubmissionId
from assessor_app.domain.packet import Packet
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.schema import (
    AssignmentRow,
    BlobNameRow,
    HandleRow,
    LentRow,
    PacketBlobRow,
    PacketRow,
    RubricRow,
)
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import (
    SHOWN_MANIFESTS,
    BlobName,
    ManifestAnswer,
    ManifestBatch,
    ProblemKind,
    RelatedName,
)

MANIFEST_BATCH_BYTES = 256 * 1024
MANIFEST_FRAME_BYTES = 512
MANIFEST_PLAIN_BYTES = 4 * 1024 * 1024
"""Words that compress very well must not make a batch too large for a client to hold."""


@dataclass(frozen=True, slots=True)
class PacketVersion:
    """One packet version in a person's own numbers."""

    packet: PacketId
    version: int


def manifest(session: Session, person: Person, asked: PacketVersion) -> ManifestAnswer:
    """Return a manifest with this person's names for what is in it. Raises RefusedError."""
    row = session.scalar(
        select(PacketRow)
        .join(LentRow, LentRow.packet_row == PacketRow.id)
        .join(HandleRow, HandleRow.handle == LentRow.handle)
        .join(AssignmentRow, AssignmentRow.handle == HandleRow.handle)
        .where(HandleRow.packet == asked.packet, LentRow.version == asked.version)
        .where(HandleRow.person_id == person.id)
        .where(AssignmentRow.state != AssignmentState.WITHDRAWN)
        .where(PacketRow.quarantined_at.is_(None))
    )
    if row is None:
        raise RefusedError(ProblemKind.NOT_FOUND)
    packet = parse(Packet, row.manifest)
    return ManifestAnswer(
        packet=asked.packet,
        version=asked.version,
        manifest=row.manifest.decode(),
        blobs=tuple(
            BlobName(blob.sha256, keys.blob_name(person.secret, blob.sha256))
            for blob in packet.blobs()
        ),
        related=_related(session, person, packet),
    )


def _related(session: Session, person: Person, packet: Packet) -> tuple[RelatedName, ...]:
    named: list[RelatedName] = []
    for earlier in packet.related:
        handle = session.scalar(
            select(HandleRow.handle)
            .join(PacketRow, PacketRow.submission_id == HandleRow.submission_id)
            .where(PacketRow.manifest_sha256 == earlier.manifest_sha256)
            .where(HandleRow.person_id == person.id)
        )
        if handle is not None:
            named.append(RelatedName(earlier.manifest_sha256, SubmissionId(handle)))
    return tuple(named)


def manifests(
    session: Session, person: Person, asked: tuple[PacketVersion, ...]
) -> tuple[tuple[PacketId, ...], bytes, bytes]:
    """Return as many manifests, in the order asked for, as fit: whose, plain and compressed.

    The answer ends before the first one that is not there; if that is the first of all, the
    answer is that it is not there.
    """
    answers: list[ManifestAnswer] = []
    size = plain_size = 0
    for one in asked[:SHOWN_MANIFESTS]:
        try:
            answer = manifest(session, person, one)
        except RefusedError:
            if answers:
                break
            raise
        spelled = dump(answer)
        plain_size += len(spelled)
        size += len(compressed(spelled)) + MANIFEST_FRAME_BYTES
        if answers and (size > MANIFEST_BATCH_BYTES or plain_size > MANIFEST_PLAIN_BYTES):
            break
        answers.append(answer)
    plain = dump(ManifestBatch(tuple(answers)))
    return tuple(answer.packet for answer in answers), plain, compressed(plain)


def note_pulled(
    session: Session, person: Person, served: tuple[PacketId, ...], now: datetime
) -> None:
    """Note when a manifest was fetched first."""
    own = select(HandleRow.handle).where(
        HandleRow.person_id == person.id, HandleRow.packet.in_(served)
    )
    session.execute(
        update(AssignmentRow)
        .where(AssignmentRow.handle.in_(own), AssignmentRow.pulled_at.is_(None))
        .values(pulled_at=now)
    )


def compressed(plain: bytes) -> bytes:
    """Return gzip without a time in it: equal content is equal bytes."""
    return gzip.compress(plain, mtime=0)


def rubric(session: Session, rubric_id: RubricId, version: int) -> bytes:
    """Return the exact bytes of a rubric version. Rubrics are public to all who sign in."""
    content = session.scalar(
        select(RubricRow.content).where(RubricRow.rubric == rubric_id, RubricRow.version == version)
    )
    if content is None:
        raise RefusedError(ProblemKind.NOT_FOUND)
    return content


def blob(session: Session, person: Person, blob_id: BlobId) -> Sha256:
    """Return which content a person's blob name stands for, while an assignment allows it."""
    allowed = (
        select(BlobNameRow.sha256)
        .join(PacketBlobRow, PacketBlobRow.sha256 == BlobNameRow.sha256)
        .join(PacketRow, PacketRow.id == PacketBlobRow.packet_row)
        .join(LentRow, LentRow.packet_row == PacketRow.id)
        .join(AssignmentRow, AssignmentRow.handle == LentRow.handle)
        .where(BlobNameRow.blob == blob_id, BlobNameRow.person_id == person.id)
        .where(AssignmentRow.person_id == person.id)
        .where(AssignmentRow.state != AssignmentState.WITHDRAWN)
        .where(PacketRow.quarantined_at.is_(None))
    )
    found = session.scalar(allowed.limit(1))
    if found is None:
        raise RefusedError(ProblemKind.NOT_FOUND)
    return Sha256(found)
