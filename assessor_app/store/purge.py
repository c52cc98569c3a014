"""Making room: work that every backup of the platform holds may leave the laptop. Nothing else."""

from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ActKind, AttentionReason
from assessor_app.store.acts import ENDED, S
from assessor_app.store.blobs import forget_all
from assessor_app.store.journal import DonationEntry, Entry, Journal, SealEntry
from assessor_app.store.schema import (
    AssignmentRow,
    BlobRow,
    DraftRow,
    LastPlaceRow,
    OutboxRow,
    PacketBlobRow,
    PacketRow,
    PageMarkRow,
    RevisionRow,
)
from assessor_app.store.search import forget_texts

_OLDEST_FIRST = (
    select(AssignmentRow)
    .outerjoin(OutboxRow, OutboxRow.assignment == AssignmentRow.id)
    .where(AssignmentRow.state != AssignmentState.OPEN)
    .group_by(AssignmentRow.id)
    .order_by(func.max(OutboxRow.received_at), AssignmentRow.id)
)

_REPLACED = (
    select(PacketRow.manifest_sha256)
    .where(~exists().where(AssignmentRow.manifest_sha256 == PacketRow.manifest_sha256))
    .order_by(PacketRow.manifest_sha256)
)


def purge(session: Session, journal: Journal, assignment: AssignmentId, folder: Path) -> bool:
    """Remove a finished assignment's work, packet and files. Return False while anything counts.

    The seal's journal file goes too: were the rest not committed, the database still has it
    all, and the platform too. Rows of voids stay, as their files do.
    """
    return bool(purge_all(session, journal, (assignment,), folder))


def purge_all(
    session: Session,
    journal: Journal,
    assignments: Iterable[AssignmentId],
    folder: Path,
    *,
    most: int | None = None,
) -> frozenset[AssignmentId]:
    """Purge those of some assignments that are finished, the first `most`; return which."""
    finished = (each for each in assignments if _purge_rows(session, each, folder))
    gone = frozenset(islice(finished, most))
    _drop_texts(journal, gone)
    return gone


def make_room(
    session: Session, journal: Journal, folder: Path, needed_bytes: int
) -> frozenset[AssignmentId]:
    """Purge finished work until so many bytes are free, or none is left. Return whose it was.

    Versions of packets that were replaced go first, where nothing that was written speaks of them;
    then what never came to anything, then what was received longest ago. Work whose files another
    packet needs stays: it would make no room.
    """
    gone: set[AssignmentId] = set()
    for manifest in session.scalars(_REPLACED).all():
        if needed_bytes > 0 and not _is_spoken_of(session, manifest):
            needed_bytes -= _freed_bytes(session, manifest)
            _forget_packet(session, manifest, folder)
    for row in session.scalars(_OLDEST_FIRST).all():
        if needed_bytes <= 0:
            break
        assignment, freed = AssignmentId(row.id), _freed_bytes(session, row.manifest_sha256)
        if freed and _purge_rows(session, assignment, folder):
            gone.add(assignment)
            needed_bytes -= freed
    _drop_texts(journal, gone)
    return frozenset(gone)


def _purge_rows(session: Session, assignment: AssignmentId, folder: Path) -> bool:
    if not _is_finished(session, assignment):
        return False
    mine = OutboxRow.assignment == assignment
    session.execute(delete(OutboxRow).where(mine, OutboxRow.kind != ActKind.VOID))
    session.execute(delete(DraftRow).where(DraftRow.assignment == assignment))
    session.execute(delete(PageMarkRow).where(PageMarkRow.assignment == assignment))
    session.execute(delete(LastPlaceRow).where(LastPlaceRow.assignment == assignment))
    forget_texts(session, assignment)
    _drop_packet(session, assignment, folder)
    return True


def _drop_texts(journal: Journal, gone: Collection[AssignmentId]) -> None:
    """Drop what the journal holds of some assignments. It is read once: that takes long."""
    for handle, entry in journal.entries() if gone else ():
        if _text_of(entry) in gone:
            journal.drop(handle)


def _is_spoken_of(session: Session, manifest: str) -> bool:
    """Return whether a draft, an earlier state of one or an act under way names a packet."""
    name = manifest.encode()
    revisions = select(RevisionRow.number).where(func.instr(RevisionRow.content, name) > 0)
    acts = select(OutboxRow.sequence).where(
        OutboxRow.state.not_in(ENDED), func.instr(OutboxRow.body, name) > 0
    )
    return any(session.scalar(each.limit(1)) is not None for each in (revisions, acts))


def _freed_bytes(session: Session, manifest: str) -> int:
    """Return what the files take that this packet alone needs."""
    own = select(PacketBlobRow.sha256).where(PacketBlobRow.manifest_sha256 == manifest)
    elsewhere = exists().where(
        PacketBlobRow.sha256 == BlobRow.sha256, PacketBlobRow.manifest_sha256 != manifest
    )
    freed = select(func.sum(BlobRow.size_bytes)).where(BlobRow.sha256.in_(own), ~elsewhere)
    return session.scalar(freed) or 0


def _text_of(entry: Entry) -> AssignmentId | None:
    """Return the assignment whose text an entry holds. Only seals and donations hold any."""
    if isinstance(entry, SealEntry):
        return entry.review.assignment
    return entry.assignment if isinstance(entry, DonationEntry) else None


def _is_finished(session: Session, assignment: AssignmentId) -> bool:
    row = session.get(AssignmentRow, assignment)
    if row is None or row.state is AssignmentState.OPEN:
        return False
    acts = session.scalars(select(OutboxRow).where(OutboxRow.assignment == assignment)).all()
    donated = {act.review for act in acts if act.kind is ActKind.DONATE and act.state is S.SETTLED}
    ended = {
        act.act_id
        for act in acts
        if act.state in ENDED or (act.reason is AttentionReason.CLOSED and act.act_id in donated)
    }
    draft = session.get(DraftRow, assignment)
    return len(ended) == len(acts) and (draft is None or draft.sealed_as in ended)


def _drop_packet(session: Session, assignment: AssignmentId, folder: Path) -> None:
    manifest = session.get_one(AssignmentRow, assignment).manifest_sha256
    others = exists().where(
        AssignmentRow.manifest_sha256 == manifest, AssignmentRow.id != assignment
    )
    if not session.scalar(select(others)) and not _is_spoken_of(session, manifest):
        _forget_packet(session, manifest, folder)


def _forget_packet(session: Session, manifest: str, folder: Path) -> None:
    needed = select(PacketBlobRow.sha256).where(PacketBlobRow.manifest_sha256 == manifest)
    blobs = session.scalars(needed).all()
    session.execute(delete(PacketRow).where(PacketRow.manifest_sha256 == manifest))
    forget_all(session, folder, blobs)
