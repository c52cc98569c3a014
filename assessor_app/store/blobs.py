"""Encrypted files of the profile: their keys in the database, random access to their bytes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BufferedReader, FileIO
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import CHUNK_BYTES, Blob
from assessor_app.store.errors import DamagedBlobError, NoBlobError
from assessor_app.store.files import make_private
from assessor_app.store.packets import count_fetched, get_packet
from assessor_app.store.schema import AssignmentRow, BlobRow, BlobState, PacketBlobRow
from assessor_app.store.stream import KEY_BYTES, STORED_CHUNK_BYTES, ChunkCipher, length_of

_NAME_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a download needs to know of its file: no session, any thread."""

    blob: Blob
    file: str
    key: bytes = field(repr=False)


class Reader:
    """Random access to a complete blob. Threads may read at once."""

    def __init__(
        self, file: FileIO | BufferedReader, *, sha256: Sha256, size_bytes: int, key: bytes
    ) -> None:
        self.size_bytes = size_bytes
        self._sha256 = sha256
        self._cipher = ChunkCipher(key, sha256, size_bytes)
        self._lock = Lock()
        self._stored = memoryview(bytearray(STORED_CHUNK_BYTES))
        self._kept: tuple[int, bytearray] = (-1, bytearray())
        self._file = file

    def read_into(self, offset: int, into: memoryview) -> int:
        """Fill `into` with the bytes from `offset`; return how many, fewer only at the end.

        Whole chunks are decrypted into it at once; one that is read in parts is kept meanwhile.

        Raises:
            DamagedBlobError: The file was changed, cut or exchanged.
        """
        end = min(offset + len(into), self.size_bytes)
        at = offset
        with self._lock:
            while at < end:
                chunk, start = divmod(at, CHUNK_BYTES)
                length = length_of(self.size_bytes, chunk)
                wanted = into[at - offset : min(end, chunk * CHUNK_BYTES + length) - offset]
                if len(wanted) == length:
                    self._decrypt(chunk, wanted)
                else:
                    wanted[:] = self._known(chunk, length)[start : start + len(wanted)]
                at += len(wanted)
        return max(0, end - offset)

    def read_all(self) -> bytes:
        """Return the whole content. Raises DamagedBlobError."""
        whole = bytearray(self.size_bytes)
        if self.size_bytes:
            self.read_into(0, memoryview(whole))
        else:
            self._decrypt(0, memoryview(whole))
        return bytes(whole)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _known(self, chunk: int, length: int) -> memoryview:
        """Return a chunk in clear, from the last time if it was the same."""
        if chunk != self._kept[0]:
            plain = bytearray(length)
            self._decrypt(chunk, memoryview(plain))
            self._kept = (chunk, plain)
        return memoryview(self._kept[1])

    def _decrypt(self, chunk: int, plain: memoryview) -> None:
        """Read a chunk as far as its place goes: more there than it has is damage, too."""
        self._file.seek(chunk * STORED_CHUNK_BYTES)
        stored = self._stored[: self._file.readinto(self._stored)]
        if not self._cipher.decrypt_into(chunk, stored, plain):
            raise DamagedBlobError(self._sha256)


def begin(session: Session, folder: Path, blob: Blob) -> Ticket:
    """Return the ticket of a download, begun now or before. Commit before the first byte."""
    make_private(folder)
    row = session.get(BlobRow, blob.sha256)
    if row is None:
        row = BlobRow(
            sha256=blob.sha256,
            size_bytes=blob.size_bytes,
            file=secrets.token_hex(_NAME_BYTES),
            key=secrets.token_bytes(KEY_BYTES),
        )
        session.add(row)
        session.flush()
    elif row.state is BlobState.COMPLETE:
        _set_state(session, row, BlobState.PARTIAL)
    return Ticket(blob=blob, file=row.file, key=row.key)


def put_complete(session: Session, blob: Sha256) -> None:
    """Note that a file is whole, verified and durable. Raises NoBlobError."""
    row = session.get(BlobRow, blob)
    if row is None:
        raise NoBlobError(blob)
    _set_state(session, row, BlobState.COMPLETE)


def has_blob(session: Session, blob: Sha256) -> bool:
    """Return whether a blob is here completely."""
    row = session.get(BlobRow, blob)
    return row is not None and row.state is BlobState.COMPLETE


def list_missing_blobs(session: Session, manifest: Sha256) -> tuple[Blob, ...]:
    """Return the blobs of a packet that are not here completely, in reading order."""
    packet = get_packet(session, manifest)
    if packet is None:
        return ()
    complete = (
        select(PacketBlobRow.sha256)
        .join(BlobRow, BlobRow.sha256 == PacketBlobRow.sha256)
        .where(
            PacketBlobRow.manifest_sha256 == manifest,
            BlobRow.state == BlobState.COMPLETE,
        )
    )
    here = set(session.scalars(complete))
    return tuple(blob for blob in packet.blobs() if blob.sha256 not in here)


def open_reader(session: Session, folder: Path, blob: Sha256) -> Reader:
    """Return a reader of a complete blob; it needs no session.

    Raises:
        NoBlobError: The blob is not here, or was not verified to the end.
        DamagedBlobError: Its file is gone.
    """
    row = session.get(BlobRow, blob)
    if row is None or row.state is not BlobState.COMPLETE:
        raise NoBlobError(blob)
    try:
        file = (folder / row.file).open("rb", buffering=0)
    except FileNotFoundError:
        raise DamagedBlobError(blob) from None
    return Reader(file, sha256=blob, size_bytes=row.size_bytes, key=row.key)


def forget(session: Session, folder: Path, blob: Sha256) -> None:
    """Make a blob unreadable for good: its key goes, and then its file."""
    row = session.get(BlobRow, blob)
    if row is None:
        return
    state = row.state
    _set_state(session, row, BlobState.PARTIAL)
    session.delete(row)
    session.flush()
    _delete_files(folder, row.file, state)


def forget_all(session: Session, folder: Path, blobs: Iterable[str]) -> None:
    """Forget every one of some blobs that no packet needs any more."""
    needed = exists().where(PacketBlobRow.sha256 == BlobRow.sha256)
    over = select(BlobRow.file, BlobRow.state).where(BlobRow.sha256.in_(tuple(blobs)), ~needed)
    found = session.execute(over).all()
    session.execute(delete(BlobRow).where(BlobRow.file.in_([file for file, _ in found])))
    for file, state in found:
        _delete_files(folder, file, state)


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes that packets take: of those that are lent, and of those that are over.

    What is being fetched counts in full, so that nothing has to be counted while it arrives.
    """

    lent: int
    over: int

    @property
    def together(self) -> int:
        """All of it."""
        return self.lent + self.over


def taken_bytes(session: Session) -> Taken:
    """Return how much room blobs take, or will have taken once they are whole."""
    lent = (
        select(PacketBlobRow.sha256)
        .join(AssignmentRow, AssignmentRow.manifest_sha256 == PacketBlobRow.manifest_sha256)
        .where(AssignmentRow.state == AssignmentState.OPEN)
    )
    needed = func.coalesce(func.sum(BlobRow.size_bytes).filter(BlobRow.sha256.in_(lent)), 0)
    every = func.coalesce(func.sum(BlobRow.size_bytes), 0)
    found = session.execute(select(needed, every)).one()
    return Taken(lent=found[0], over=found[1] - found[0])


def list_begun(session: Session) -> frozenset[Sha256]:
    """Return the blobs that are here or on their way: their room is taken already."""
    return frozenset(Sha256(each) for each in session.scalars(select(BlobRow.sha256)))


def sweep(session: Session, folder: Path) -> int:
    """Delete the files that no row has a key for. Return how many there were."""
    known = set(session.scalars(select(BlobRow.file)))
    strangers = [path for path in folder.iterdir() if path.name.split(".")[0] not in known]
    for path in strangers:
        path.unlink()
    return len(strangers)


def _delete_files(folder: Path, file: str, state: BlobState) -> None:
    """Delete a file, or whatever there is of its download: for that the whole folder is read."""
    if state is BlobState.COMPLETE:
        (folder / file).unlink(missing_ok=True)
        return
    for path in folder.glob(f"{file}*"):
        path.unlink()


def _set_state(session: Session, row: BlobRow, state: BlobState) -> None:
    row.state = state
    session.flush()
    count_fetched(session, PacketBlobRow.sha256 == row.sha256)
