"""A blob on its way: every chunk is verified before it is kept, and a cut costs almost nothing.

No database here. Chunks may arrive in any order and on several threads; the start of a chunk that
was cut is kept, encrypted, beside the file.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store.blobs import Ticket
from assessor_app.store.errors import DiskFullError, NoBlobError, WrongHashError
from assessor_app.store.files import PRIVATE_FILE, is_full, rename_durably
from assessor_app.store.stream import (
    STORED_CHUNK_BYTES,
    TAG_BYTES,
    ChunkCipher,
    PartCipher,
    chunks_of,
    length_of,
)

_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Some bytes of a blob."""

    offset: int
    length: int


class Download:
    """One blob while it is fetched. Threads may write at once; begin it once at a time.

    A new one finds what an earlier one, cut or killed, has kept.
    """

    def __init__(self, folder: Path, ticket: Ticket) -> None:
        self._blob = ticket.blob
        self._whole = folder / ticket.file
        self._partial = folder / f"{ticket.file}.partial"
        self._cipher = ChunkCipher(ticket.key, self._blob.sha256, self._blob.size_bytes)
        self._parts = PartCipher(ticket.key)
        self._lock = Lock()
        if self._whole.exists():  # finished, but its row never said so: verified once more
            self._whole.replace(self._partial)
        self._partial.touch(PRIVATE_FILE)
        self._file = self._partial.open("r+b", buffering=0)
        self._hash, self._hashed = hashlib.sha256(), 0
        chunks = range(chunks_of(self._blob.size_bytes))
        self._begun = {
            number: self._kept_part(number) for number in chunks if self._stored(number) is None
        }
        if self._blob.size_bytes == 0 and self._begun:
            self._keep_chunk(0, b"")

    def missing(self) -> tuple[Span, ...]:
        """Return what has still to be fetched, in order; neighbours are one span."""
        with self._lock:
            spans: list[Span] = []
            for chunk, begun in self._begun.items():
                end = chunk * CHUNK_BYTES + length_of(self._blob.size_bytes, chunk)
                start = chunk * CHUNK_BYTES + len(begun)
                if spans and spans[-1].offset + spans[-1].length == start:
                    spans[-1] = Span(spans[-1].offset, end - spans[-1].offset)
                else:
                    spans.append(Span(start, end - start))
        return tuple(spans)

    def write(self, offset: int, untrusted: bytes) -> None:
        """Keep bytes that arrived; they go on where their chunk ended so far.

        Bytes that are here already, or that leave a gap in their chunk, are passed over.

        Raises:
            WrongHashError: A chunk is not the manifest's. It is missing again, wholly.
            DiskFullError: There was no room for it. It is missing again.
        """
        at = 0
        while at < len(untrusted):
            chunk, start = divmod(offset + at, CHUNK_BYTES)
            taken = untrusted[at : at + CHUNK_BYTES - start]
            with self._lock:
                self._extend(chunk, start, taken)
            at += len(taken)

    def finish(self) -> None:
        """Make the file whole and durable under its own name; then its row may say so.

        Raises:
            NoBlobError: Something is missing.
            WrongHashError: The chunks are the manifest's, but their whole is not the blob.
        """
        with self._lock:
            if self._begun or self._file.closed:
                raise NoBlobError(self._blob.sha256)
            whole = self._hash.copy()
            for number in range(self._hashed, chunks_of(self._blob.size_bytes)):
                whole.update(self._stored(number) or b"")
            if whole.hexdigest() != self._blob.sha256:
                raise WrongHashError(self._blob.sha256, 0)
            os.fsync(self._file.fileno())
            self._file.close()
            rename_durably(self._partial, self._whole)

    def close(self) -> None:
        """Stop; what is here stays for the next time."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _extend(self, chunk: int, start: int, taken: bytes) -> None:
        begun = self._begun.get(chunk)
        if begun is None or start > len(begun):
            return
        room = length_of(self._blob.size_bytes, chunk) - len(begun)
        fresh = taken[len(begun) - start :][:room]
        if len(fresh) == room:
            self._keep_chunk(chunk, bytes(begun) + fresh if begun else fresh)
        elif fresh:
            self._keep_part(chunk, fresh)
            begun += fresh

    def _keep_chunk(self, chunk: int, plain: bytes) -> None:
        wanted = self._blob.chunks[chunk] if self._blob.chunks else self._blob.sha256
        self._drop_part(chunk)
        if hashlib.sha256(plain).hexdigest() != wanted:
            raise WrongHashError(self._blob.sha256, chunk)
        try:
            self._file.seek(chunk * STORED_CHUNK_BYTES)
            written = self._file.write(self._cipher.encrypt(chunk, plain))
        except OSError as error:
            raise _told(error) from None
        if written != len(plain) + TAG_BYTES:
            raise DiskFullError(released=False)
        del self._begun[chunk]
        if chunk == self._hashed:
            self._hash.update(plain)
            self._hashed += 1

    def _stored(self, chunk: int) -> bytes | None:
        self._file.seek(chunk * STORED_CHUNK_BYTES)
        length = length_of(self._blob.size_bytes, chunk) + TAG_BYTES
        return self._cipher.decrypt(chunk, self._file.read(length))

    def _part_file(self, chunk: int) -> Path:
        return self._partial.with_suffix(f".{chunk}.part")

    def _keep_part(self, chunk: int, fresh: bytes) -> None:
        piece = self._parts.encrypt(fresh, _place(chunk, len(self._begun[chunk])))
        try:
            with self._part_file(chunk).open("ab") as file:
                file.write(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece)
        except OSError as error:
            raise _told(error) from None

    def _kept_part(self, chunk: int) -> bytearray:
        """Return the start of a chunk as far as its pieces are whole, and forget what follows."""
        kept = bytearray()
        try:
            content = self._part_file(chunk).read_bytes()
        except FileNotFoundError:
            return kept
        at = 0
        while at < len(content):
            end = at + _LENGTH_BYTES + int.from_bytes(content[at : at + _LENGTH_BYTES], "big")
            piece = self._parts.decrypt(content[at + _LENGTH_BYTES : end], _place(chunk, len(kept)))
            if piece is None:
                os.truncate(self._part_file(chunk), at)
                break
            kept += piece
            at = end
        return kept

    def _drop_part(self, chunk: int) -> None:
        self._begun[chunk] = bytearray()
        self._part_file(chunk).unlink(missing_ok=True)


def _place(chunk: int, start: int) -> bytes:
    return f"{chunk}:{start}".encode()


def _told(error: OSError) -> OSError | DiskFullError:
    return DiskFullError(released=False) if is_full(error) else error
