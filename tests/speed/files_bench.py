"""P9: encrypted files beside plain ones, on the layer that stores and as a download writes."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store import blobs
from assessor_app.store.blobs import Reader
from assessor_app.store.chunk_file import ChunkFile
from assessor_app.store.download import Download
from assessor_app.store.files import rename_durably
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import create_profile
from assessor_app.store.stream import ChunkCipher
from tests.fakes import Vault
from tests.speed.report import Figure, keep, load
from tests.speed.turns import in_turns
from tests.store.making import (
    NOW,
    blob_of,
)

FILE_PAIRS = 25
FILE_BYTES = 16_000_000
PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Files:
    """One content as an encrypted file, as a plain one, and as a row of the database."""

    store: Store
    folder: Path
    content: bytes
    ticket: blobs.Ticket

    @property
    def plain(self) -> Path:
        return self.folder / "plain"

    def pieces(self) -> Iterator[tuple[int, memoryview]]:
        for at in range(0, FILE_BYTES, PIECE_BYTES):
            yield at, memoryview(self.content)[at : at + PIECE_BYTES]

    def write_encrypted(self) -> None:
        """Write it as the storage layer does, nothing verified: encrypted, durable, named."""
        ticket, whole = self.ticket, self.store.blob_folder / self.ticket.file
        whole.unlink(missing_ok=True)
        cipher = ChunkCipher(ticket.key, ticket.blob.sha256, FILE_BYTES)
        file = ChunkFile(whole.with_name("new"), cipher, FILE_BYTES)
        for at, piece in self.pieces():
            chunks = [piece[c : c + CHUNK_BYTES] for c in range(0, len(piece), CHUNK_BYTES)]
            file.put(at // CHUNK_BYTES, chunks)
        file.keep_as(whole)

    def write_download(self) -> None:
        """Write it as a download does: verified by chunks and as a whole, too."""
        (self.store.blob_folder / self.ticket.file).unlink(missing_ok=True)
        with Download(self.store.blob_folder, self.ticket) as download:
            for at, piece in self.pieces():
                download.write(at, piece)
            download.finish()

    def write_plain(self) -> None:
        self._write_plain(lambda _: None)

    def write_verified(self) -> None:
        whole = hashlib.sha256()

        def verify(piece: memoryview) -> None:
            whole.update(piece)
            for at in range(0, len(piece), CHUNK_BYTES):
                hashlib.sha256(piece[at : at + CHUNK_BYTES]).digest()

        self._write_plain(verify)

    def _write_plain(self, verify: Callable[[memoryview], None]) -> None:
        self.plain.unlink(missing_ok=True)
        with self.plain.with_name("new").open("wb", buffering=0) as file:
            for _, piece in self.pieces():
                verify(piece)
                file.write(piece)
            os.fsync(file.fileno())
        rename_durably(self.plain.with_name("new"), self.plain)

    def read(self) -> None:
        """Read it as the storage layer does; the key is known, as the peer knows its name."""
        blob = self.ticket.blob
        file = (self.store.blob_folder / self.ticket.file).open("rb", buffering=0)
        reader = Reader(file, sha256=blob.sha256, size_bytes=FILE_BYTES, key=self.ticket.key)
        into = memoryview(bytearray(PIECE_BYTES))
        with reader:
            for at in range(0, FILE_BYTES, PIECE_BYTES):
                reader.read_into(at, into)

    def read_plain(self) -> None:
        into = memoryview(bytearray(PIECE_BYTES))
        with self.plain.open("rb", buffering=0) as file:
            while file.readinto(into):
                pass

    def read_found(self) -> None:
        """Read it as the application does: found by its hash, its key and file in the store."""
        with self.store.sessions.begin() as session:
            found = blobs.open_reader(session, self.store.blob_folder, self.ticket.blob.sha256)
        into = memoryview(bytearray(PIECE_BYTES))
        with found as reader:
            for at in range(0, FILE_BYTES, PIECE_BYTES):
                reader.read_into(at, into)

    def read_row(self) -> None:
        with self.store.sessions.begin() as session:
            assert len(session.execute(text("SELECT value FROM large")).scalar_one()) == FILE_BYTES


def encrypted_files(folder: Path) -> None:
    """P9: write and read one artifact; beside plain files, and beside blobs in the database."""
    profile, key = create_profile(folder / "profile", Vault())
    store = open_store(profile, key, now=NOW)
    content = os.urandom(FILE_BYTES)
    with store.sessions.begin() as session:
        ticket = blobs.begin(session, store.blob_folder, blob_of(content))
        session.execute(text("CREATE TABLE large (value BLOB)"))
        session.execute(text("INSERT INTO large VALUES (:value)"), {"value": content})
    files = Files(store, folder, content, ticket)
    writing = in_turns(files.write_encrypted, files.write_plain, pairs=FILE_PAIRS)
    verified = in_turns(files.write_download, files.write_verified, pairs=FILE_PAIRS)
    with store.sessions.begin() as session:
        blobs.put_complete(session, ticket.blob.sha256)
    reading = in_turns(files.read, files.read_plain, pairs=FILE_PAIRS)
    rows = in_turns(files.read_found, files.read_row)
    store.close()
    ratios = {
        "write": round(1 / writing.ratio, 3),
        "read": round(1 / reading.ratio, 3),
        "write, both sides verify": round(1 / verified.ratio, 3),
        "read, peer is a blob in SQLCipher": round(1 / rows.ratio, 3),
    }
    keep(
        "P9",
        Figure(
            peer="plain files, written, synced, renamed; blobs in SQLCipher for reading",
            ours={
                "write ms": writing.told()[0],
                "verified write ms": verified.told()[0],
                "read ms": reading.told()[0],
                "found and read ms": rows.told()[0],
            },
            theirs={
                "write ms": writing.told()[1],
                "verified write ms": verified.told()[1],
                "read ms": reading.told()[1],
                "read a blob in SQLCipher ms": rows.told()[1],
            },
            ratio=ratios["write"],
            goal=">= 0.8x writing and >= 0.25x reading of plain files; >= 5x blobs in SQLCipher",
            reached=1 / writing.ratio >= 0.8 and 1 / reading.ratio >= 0.25 and 1 / rows.ratio >= 5,
            pairs=FILE_PAIRS,
            more={"ratios": ratios, "bytes": FILE_BYTES, "load": load()},
        ),
    )
