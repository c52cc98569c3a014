"""A blob on its way: every chunk is verified before it is kept, and a cut costs almost nothing.

No database here. Chunks may arrive in any order and on several threads; the start of a chunk that
was cut is kept, encrypted, beside the file.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store.blobs import Ticket
from assessor_app.store.chunk_file import SPAN_CHUNKS, ChunkFile
from assessor_app.store.errors import DiskFullError, NoBlobError, WrongHashError
from assessor_app.store.files import is_full
from assessor_app.store.stream import Bytes, ChunkCipher, PartCipher, chunks_of, length_of

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
        self._parts = PartCipher(ticket.key)
        self._lock, self._hash_lock = Lock(), Lock()
        if self._whole.exists():  # finished, but its row never said so: verified once more
            self._whole.replace(self._partial)
        cipher = ChunkCipher(ticket.key, self._blob.sha256, self._blob.size_bytes)
        self._file = ChunkFile(self._partial, cipher, self._blob.size_bytes)
        self._hash, self._hashed = hashlib.sha256(), 0
        self._begun = {
            number: self._kept_part(number)
            for number in range(chunks_of(self._blob.size_bytes))
            if self._file.is_new or self._file.get(number, self._length(number)) is None
        }
        if self._blob.size_bytes == 0 and self._begun:
            self._keep(0, [memoryview(b"")])

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

    def write(self, offset: int, untrusted: Bytes) -> None:
        """Keep bytes that arrived; they go on where their chunk ended so far.

        Bytes that are here already, or that leave a gap in their chunk, are passed over.

        Raises:
            WrongHashError: A chunk is not the manifest's. It is missing again, wholly.
            DiskFullError: There was no room for it. It is missing again.
        """
        arrived = memoryview(untrusted)
        at = 0
        while at < len(arrived):
            chunk, start = divmod(offset + at, CHUNK_BYTES)
            span = () if start else self._whole_chunks(chunk, arrived[at:])
            if span:
                self._keep(chunk, span)
                at += sum(map(len, span))
            else:
                self._extend(chunk, start, arrived[at : at + CHUNK_BYTES - start])
                at += CHUNK_BYTES - start

    def finish(self) -> None:
        """Make the file whole and durable under its own name; then its row may say so.

        Raises:
            NoBlobError: Something is missing.
            WrongHashError: The chunks are the manifest's, but their whole is not the blob.
        """
        with self._lock:
            if self._begun or not self._file.is_open:
                raise NoBlobError(self._blob.sha256)
            if self._whole_sha256() != self._blob.sha256:
                raise WrongHashError(self._blob.sha256, 0)
            self._file.keep_as(self._whole)

    def close(self) -> None:
        """Stop; what is here stays for the next time."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _length(self, chunk: int) -> int:
        return length_of(self._blob.size_bytes, chunk)

    def _whole_chunks(self, first: int, arrived: memoryview) -> Sequence[memoryview]:
        """Return the chunks that arrived wholly, until one of which something is here already."""
        found: list[memoryview] = []
        at = 0
        with self._lock:
            for chunk in range(first, first + SPAN_CHUNKS):
                end = at + self._length(chunk)
                begun = self._begun.get(chunk)
                if begun is None or begun or end > len(arrived):
                    break
                found.append(arrived[at:end])
                at = end
        return found

    def _extend(self, chunk: int, start: int, taken: memoryview) -> None:
        """Go on with a chunk that is not here wholly."""
        with self._lock:
            begun = self._begun.get(chunk)
            if begun is None or start > len(begun):
                return
            fresh = taken[len(begun) - start : self._length(chunk) - start]
            whole = bytes(begun) + fresh if len(begun) + len(fresh) == self._length(chunk) else None
            if whole is not None:
                self._drop_part(chunk)
            elif fresh:
                self._keep_part(chunk, fresh)
                begun += fresh
        if whole is not None:
            self._keep(chunk, [memoryview(whole)])

    def _keep(self, first: int, chunks: Sequence[memoryview]) -> None:
        """Keep neighbouring chunks as far as they are the manifest's; no lock while it computes."""
        right: list[memoryview] = []
        for chunk, plain in enumerate(chunks, first):
            wanted = self._blob.chunks[chunk] if self._blob.chunks else self._blob.sha256
            if hashlib.sha256(plain).hexdigest() != wanted:
                break
            right.append(plain)
        if right:
            self._file.put(first, right)
            self._count_in(first, right)
        if len(right) < len(chunks):
            raise WrongHashError(self._blob.sha256, first + len(right))

    def _count_in(self, first: int, chunks: list[memoryview]) -> None:
        """Chunks are here; the hash of the whole goes on with those that came in order."""
        with self._hash_lock:
            if self._blob.chunks and first == self._hashed:
                for plain in chunks:
                    self._hash.update(plain)
                self._hashed += len(chunks)
        with self._lock:
            for chunk in range(first, first + len(chunks)):
                self._begun.pop(chunk, None)

    def _whole_sha256(self) -> str:
        """Return the hash of the whole; what came out of order is read once more."""
        if not self._blob.chunks:  # the only chunk was checked against this hash
            return self._blob.sha256
        with self._hash_lock:
            whole = self._hash.copy()
            for chunk in range(self._hashed, chunks_of(self._blob.size_bytes)):
                whole.update(self._file.get(chunk, self._length(chunk)) or b"")
        return whole.hexdigest()

    def _part_file(self, chunk: int) -> Path:
        return self._partial.with_suffix(f".{chunk}.part")

    def _keep_part(self, chunk: int, fresh: memoryview) -> None:
        piece = self._parts.encrypt(fresh, _place(chunk, len(self._begun[chunk])))
        try:
            with self._part_file(chunk).open("ab") as file:
                file.write(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece)
        except OSError as error:
            raise DiskFullError(released=False) if is_full(error) else error from None

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
