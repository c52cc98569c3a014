"""The encrypted file of one content on the disk: chunks at their places, a name once it is whole.

Nothing here knows whether the bytes are the right ones; `download` verifies them first.
"""

import os
from pathlib import Path
from threading import Lock

from assessor_app.store.errors import DiskFullError
from assessor_app.store.files import PRIVATE_FILE, is_full, rename_durably
from assessor_app.store.stream import STORED_CHUNK_BYTES, TAG_BYTES, ChunkCipher, chunks_of

SPAN_CHUNKS = 4
"""So many chunks are encrypted into one buffer and written with one call."""


class ChunkFile:
    """A file that is being written. Threads may use it at once, each on chunks of its own.

    `is_new`: nothing was ever put into it.
    """

    def __init__(self, path: Path, cipher: ChunkCipher, size_bytes: int) -> None:
        self._path = path
        self._cipher = cipher
        self._lock = Lock()
        self._spare: list[bytearray] = []
        path.touch(PRIVATE_FILE)
        self._file = path.open("r+b", buffering=0)
        self.is_new = not os.fstat(self._file.fileno()).st_size
        _reserve(self._file.fileno(), size_bytes + chunks_of(size_bytes) * TAG_BYTES)

    @property
    def is_open(self) -> bool:
        """Return whether it still takes and gives chunks."""
        return not self._file.closed

    def put(self, first: int, chunks: list[memoryview]) -> None:
        """Encrypt neighbouring chunks, at most `SPAN_CHUNKS`, and write them at their place.

        Raises:
            DiskFullError: There was no room for all of it.
        """
        buffer = self._buffer()
        try:
            stored, end = memoryview(buffer), 0
            for number, plain in enumerate(chunks, first):
                begin, end = end, end + len(plain) + TAG_BYTES
                self._cipher.encrypt_into(number, plain, stored[begin:end])
            self._write(first * STORED_CHUNK_BYTES, stored[:end])
        finally:
            with self._lock:
                self._spare.append(buffer)

    def get(self, chunk: int, length: int) -> bytearray | None:
        """Return a chunk's bytes, or None if it is not there as it was put."""
        with self._lock:
            self._file.seek(chunk * STORED_CHUNK_BYTES)
            stored = self._file.read(length + TAG_BYTES)
        plain = bytearray(length)
        return plain if self._cipher.decrypt_into(chunk, stored, memoryview(plain)) else None

    def keep_as(self, path: Path) -> None:
        """Make it durable and then give it its name, durably too. It is closed after that."""
        os.fsync(self._file.fileno())
        self._file.close()
        rename_durably(self._path, path)

    def close(self) -> None:
        """Stop; what was put stays for the next time."""
        self._file.close()

    def _buffer(self) -> bytearray:
        with self._lock:
            return self._spare.pop() if self._spare else bytearray(SPAN_CHUNKS * STORED_CHUNK_BYTES)

    def _write(self, at: int, stored: memoryview) -> None:
        try:
            with self._lock:
                self._file.seek(at)
                written = self._file.write(stored)
        except OSError as error:
            raise DiskFullError(released=False) if is_full(error) else error from None
        if written != len(stored):
            raise DiskFullError(released=False)


def _reserve(descriptor: int, n_bytes: int) -> None:
    """Ask for all the room at once: writes cost less, and the file lies together.

    Where that is not to be had, each write says whether there is room for it.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    before = os.fstat(descriptor).st_size
    if before >= n_bytes:
        return
    try:
        os.posix_fallocate(descriptor, 0, n_bytes)
    except OSError:
        os.ftruncate(descriptor, before)
