"""Packets and rubrics: exact bytes under their hash, which never change, and per-person names."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, bindparam, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment, AssignmentState, PacketRef
from assessor_app.domain.ids import BlobId, Sha256, SubmissionId
from assessor_app.domain.packet import Packet, RubricRef
from assessor_app.domain.rubric import Rubric
from assessor_app.store import direct
from assessor_app.store.acts import hash_of
from assessor_app.store.assignments import assignment_of, packet_ref_of, rubric_ref_of
from assessor_app.store.columns import Row, from_json
from assessor_app.store.errors import WrongContentError
from assessor_app.store.schema import (
    AssignmentRow,
    BlobNameRow,
    BlobRow,
    BlobState,
    PacketBlobRow,
    PacketRow,
    RelatedRow,
    RubricRow,
)

_MANIFEST = select(PacketRow.manifest).where(PacketRow.manifest_sha256 == bindparam("sha256"))
_RUBRIC = select(RubricRow.content).where(RubricRow.sha256 == bindparam("sha256"))
_OPEN = (
    select(AssignmentRow)
    .where(AssignmentRow.state == AssignmentState.OPEN)
    .order_by(AssignmentRow.due_on, AssignmentRow.id)
)
_LACK_PACKET = _OPEN.where(
    ~exists().where(PacketRow.manifest_sha256 == AssignmentRow.manifest_sha256)
)
_LACK_RUBRIC = _OPEN.where(~exists().where(RubricRow.sha256 == AssignmentRow.rubric_sha256))
_LACK_BLOBS = _OPEN.where(
    select(PacketBlobRow.sha256)
    .outerjoin(BlobRow, BlobRow.sha256 == PacketBlobRow.sha256)
    .where(
        PacketBlobRow.manifest_sha256 == AssignmentRow.manifest_sha256,
        BlobRow.state.is_distinct_from(BlobState.COMPLETE),
    )
    .exists()
)


def put_packet(
    session: Session,
    ref: PacketRef,
    manifest: bytes,
    *,
    blob_ids: Mapping[Sha256, BlobId],
    related: Mapping[Sha256, SubmissionId],
) -> Packet:
    """Keep the exact bytes of a manifest that the contract has accepted, and this person's names.

    Raises:
        WrongContentError: They are not the bytes the reference names.
    """
    if hash_of(manifest) != ref.manifest_sha256:
        raise WrongContentError(ref.manifest_sha256)
    packet = from_json(Packet, manifest)
    if session.get(PacketRow, ref.manifest_sha256) is None:
        session.add(PacketRow(manifest_sha256=ref.manifest_sha256, manifest=manifest))
        session.flush()
        _put_blobs(session, ref.manifest_sha256, packet)
    for sha256, blob_id in blob_ids.items():
        _upsert(session, BlobNameRow, {"sha256": sha256}, {"blob_id": blob_id})
    for earlier, submission in related.items():
        _upsert(session, RelatedRow, {"manifest_sha256": earlier}, {"submission": submission})
    return packet


def get_packet(session: Session, manifest: Sha256) -> Packet | None:
    """Return a packet, or None where its manifest has not arrived."""
    content = get_manifest(session, manifest)
    return None if content is None else from_json(Packet, content)


def get_manifest(session: Session, manifest: Sha256) -> bytes | None:
    """Return the exact bytes of a manifest."""
    return direct.value(session, _MANIFEST, {"sha256": manifest})


def get_blob_id(session: Session, blob: Sha256) -> BlobId | None:
    """Return under which name this person fetches a blob."""
    found = session.scalar(select(BlobNameRow.blob_id).where(BlobNameRow.sha256 == blob))
    return None if found is None else BlobId(found)


def get_related(session: Session, manifest: Sha256) -> SubmissionId | None:
    """Return this person's handle for an earlier attempt."""
    row = session.get(RelatedRow, manifest)
    return None if row is None else SubmissionId(row.submission)


def put_rubric(session: Session, ref: RubricRef, content: bytes) -> Rubric:
    """Keep the exact bytes of a rubric version. Raises WrongContentError."""
    if hash_of(content) != ref.sha256:
        raise WrongContentError(ref.sha256)
    rubric = from_json(Rubric, content)
    if session.get(RubricRow, ref.sha256) is None:
        row = RubricRow(sha256=ref.sha256, criteria=len(rubric.criteria), content=content)
        session.add(row)
        session.flush()
    return rubric


def get_rubric(session: Session, rubric: Sha256) -> Rubric | None:
    """Return a rubric, or None where it has not arrived."""
    content = direct.value(session, _RUBRIC, {"sha256": rubric})
    return None if content is None else from_json(Rubric, content)


def list_missing_packets(session: Session) -> tuple[PacketRef, ...]:
    """Return the packets of open assignments that have not arrived, by due date, each once."""
    refs = (packet_ref_of(row) for row in direct.rows(session, _LACK_PACKET))
    return tuple({ref.manifest_sha256: ref for ref in refs}.values())


def list_missing_rubrics(session: Session) -> tuple[RubricRef, ...]:
    """Return the rubrics of open assignments that have not arrived, by due date, each once."""
    refs = (rubric_ref_of(row) for row in direct.rows(session, _LACK_RUBRIC))
    return tuple({ref.sha256: ref for ref in refs}.values())


def list_incomplete(session: Session) -> tuple[Assignment, ...]:
    """Return the open assignments whose packet is here without all of its blobs, by due date."""
    return tuple(assignment_of(row) for row in direct.rows(session, _LACK_BLOBS))


def _put_blobs(session: Session, manifest: Sha256, packet: Packet) -> None:
    session.add_all(
        PacketBlobRow(manifest_sha256=manifest, sha256=blob.sha256, size_bytes=blob.size_bytes)
        for blob in packet.blobs()
    )
    session.flush()
    count_fetched(session, PacketBlobRow.manifest_sha256 == manifest)


def count_fetched(session: Session, which: ColumnElement[bool]) -> None:
    """Count again how many bytes of some packets are here completely."""
    touched = select(PacketBlobRow.manifest_sha256).where(which).distinct()
    here = (
        select(func.coalesce(func.sum(PacketBlobRow.size_bytes), 0))
        .join(BlobRow, BlobRow.sha256 == PacketBlobRow.sha256)
        .where(
            PacketBlobRow.manifest_sha256 == PacketRow.manifest_sha256,
            BlobRow.state == BlobState.COMPLETE,
        )
        .scalar_subquery()
    )
    session.execute(
        update(PacketRow)
        .where(PacketRow.manifest_sha256.in_(touched))
        .values(fetched_bytes=here)
        .execution_options(synchronize_session=False)
    )


def _upsert(
    session: Session, table: type[Row], key: Mapping[str, str], values: Mapping[str, str]
) -> None:
    session.execute(
        insert(table)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=dict(values))
    )
