"""P6, P7, P9: one edit, a large store, and encrypted files, each beside its plain peer."""

import hashlib
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, QueuePool, create_engine, event, insert, text
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store import assignments, blobs, packets, search
from assessor_app.store.blobs import Reader
from assessor_app.store.chunk_file import ChunkFile
from assessor_app.store.cipher import DRIVER, connect
from assessor_app.store.database import Sessions, begin_immediate, sessions_of
from assessor_app.store.download import Download
from assessor_app.store.files import rename_durably
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import create_profile
from assessor_app.store.queue import list_queue
from assessor_app.store.reviews import save_draft
from assessor_app.store.schema import AssignmentRow, IndexedTextRow, PacketRow
from assessor_app.store.stream import ChunkCipher
from tests.speed.report import Figure, keep, load
from tests.store.making import (
    EPOCH,
    MANIFEST,
    NOW,
    PACKET_REF,
    RUBRIC_BYTES,
    RUBRIC_REF,
    FakeVault,
    assignment,
    blob_of,
    review,
    sha256,
)

PAIRS, FILE_PAIRS = 9, 25
PACKETS = 10_000
EDITS, ASKED = 200, 20
FILE_BYTES = 16_000_000
PIECE_BYTES = 256 * 1024
SEED = 20261125
WORDS = ("lesson", "pupils", "goal", "evidence", "coach", "plan", "question", "answer", "reading",
    "group", "task", "time", "observe", "feedback", "step", "reason", "chart", "class", "method",
    "trial", "model", "revise", "result", "notes")  # fmt: skip


@dataclass
class Pairs:
    """Two cases measured in turns; seconds of each turn."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """The median over pairs of ours by theirs."""
        return statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    def told(self) -> tuple[float, float]:
        """Return the medians in milliseconds."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        return round(ours * 1000, 4), round(theirs * 1000, 4)


def in_turns(
    ours: Callable[[], None], theirs: Callable[[], None], times: int = 1, pairs: int = PAIRS
) -> Pairs:
    """Measure both, in turns, after one turn that does not count."""
    found = Pairs([], [])
    for pair in range(pairs + 1):
        for work, seconds in ((ours, found.ours), (theirs, found.theirs)):
            began = time.perf_counter()
            for _ in range(times):
                work()
            if pair:
                seconds.append((time.perf_counter() - began) / times)
    return found


def new_store(folder: Path) -> tuple[Store, ProfileKey]:
    profile, key = create_profile(folder, FakeVault())
    store = open_store(profile, key, now=NOW)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, assignment(), epoch=EPOCH)
        packets.put_packet(session, PACKET_REF, MANIFEST, blob_ids={}, related={})
        packets.put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)
    return store, key


def one_edit(folder: Path) -> None:
    """P6: a comment that is being typed, saved; beside 4 KB written and synced."""
    store, _ = new_store(folder / "profile")
    beside = os.open(folder / "beside", os.O_RDWR | os.O_CREAT)
    content = os.urandom(4096)
    letters = 0

    def ours() -> None:
        nonlocal letters
        letters += 1
        typed = review(text="x" * (letters % 400 + 1))
        with store.sessions.begin() as session:
            save_draft(session, typed, now=NOW, merge_key="f1")

    def theirs() -> None:
        os.pwrite(beside, content, 0)
        os.fdatasync(beside)

    found = in_turns(ours, theirs, pairs=EDITS)
    os.close(beside)
    store.close()
    ours_ms, theirs_ms = found.told()
    keep(
        "P6",
        Figure(
            peer="4 KB written in place and fdatasync",
            ours={"ms": ours_ms},
            theirs={"ms": theirs_ms},
            ratio=round(found.ratio, 3),
            goal="<= 10x median; acknowledged edits lost in 200 kills: 0 (make prove: kills)",
            reached=found.ratio <= 10,
            pairs=EDITS,
        ),
    )


def fill(sessions: Sessions, chance: random.Random) -> None:
    """Put 10,000 packets with a text of 120 words each into a store."""
    packet = MANIFEST.decode()
    for first in range(0, PACKETS, 500):
        with sessions.begin() as session:
            numbers = range(first, first + 500)
            manifests = [packet.replace("What was the goal?", f"Goal {n}?") for n in numbers]
            hashes = [sha256(manifest.encode()) for manifest in manifests]
            rows = [
                {
                    **_columns(n),
                    "manifest_sha256": digest,
                }
                for n, digest in zip(numbers, hashes, strict=True)
            ]
            session.execute(insert(AssignmentRow), rows)
            session.execute(
                insert(PacketRow),
                [
                    {"manifest_sha256": digest, "fetched_bytes": 0, "manifest": manifest.encode()}
                    for digest, manifest in zip(hashes, manifests, strict=True)
                ],
            )
            texts = [
                {"id": n + 1, "assignment": f"a-{n}", "kind": "response", "source": "p"}
                for n in numbers
            ]
            session.execute(insert(IndexedTextRow), texts)
            session.execute(
                text("INSERT INTO search (rowid, text) VALUES (:id, :text)"),
                [{"id": n + 1, "text": _words(n, chance)} for n in numbers],
            )


def _columns(number: int) -> dict[str, Any]:
    day = (NOW + timedelta(days=number % 60)).date()
    made = replace(
        assignment(AssignmentId(f"a-{number}"), due_on=day),
        submission=SubmissionId(f"MC-{number:05}"),
    )
    names = ("id", "submission", "kind", "state", "title", "submitted_at", "due_on", "size_bytes")
    return {
        **{name: getattr(made, name) for name in (*names, "view_version", "lease_until")},
        "packet_id": made.packet.id,
        "packet_version": made.packet.version,
        "rubric_id": made.rubric.id,
        "rubric_version": made.rubric.version,
        "rubric_sha256": made.rubric.sha256,
        "final_review": None,
        "epoch": EPOCH,
    }


def _words(number: int, chance: random.Random) -> str:
    rare = f"marigold{number % 700}"
    return " ".join([rare, *(chance.choice(WORDS) for _ in range(120))])


def plain_copy(encrypted: Path, key: ProfileKey, plain: Path) -> Sessions:
    """Return sessions on a copy without encryption, through the same library and the same code."""
    connection = connect(encrypted, key)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute("DETACH DATABASE plain")
    connection.close()

    def creator() -> sqlite3.Connection:
        opened = cast("Any", dbapi2).connect(
            str(plain), isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):
            opened.execute(f"PRAGMA {pragma}")
        return cast("sqlite3.Connection", opened)

    engine = create_engine("sqlite://", module=DRIVER, creator=creator, poolclass=QueuePool)
    event.listen(engine, "begin", begin_immediate)
    return sessions_of(engine)


def asked_page(sessions: Sessions) -> Callable[[], None]:
    def work() -> None:
        with sessions.begin() as session:
            assert len(list_queue(session, limit=50)) == 50

    return work


def asked_packet(sessions: Sessions) -> Callable[[], None]:
    with sessions.begin() as session:
        known = assignments.get_assignment(session, AssignmentId("a-4711"))
    assert known is not None
    manifest = known.packet.manifest_sha256

    def work() -> None:
        with sessions.begin() as session:
            assert packets.get_packet(session, manifest) is not None

    return work


def asked_words(sessions: Sessions) -> Callable[[], None]:
    def work() -> None:
        with sessions.begin() as session:
            assert search.search(session, "coach marigold47")

    return work


def start_anew(sessions: Sessions) -> None:
    """Close what a connection holds, as the next start of the program would."""
    with sessions() as session:
        bind = session.get_bind()
    assert isinstance(bind, Engine)
    bind.dispose()


def large_store(folder: Path) -> None:
    """P7: the first page of the queue, one packet, a ranked search; beside plain SQLite."""
    store, key = new_store(folder / "profile")
    plain = plain_copy(store.profile.database, key, folder / "plain.db")
    for sessions in (store.sessions, plain):
        fill(sessions, random.Random(SEED))  # noqa: S311 (texts, not secrets)
        start_anew(sessions)
    cases = {
        "first page": asked_page,
        "one packet": asked_packet,
        "ranked search": asked_words,
    }
    told: dict[str, Pairs] = {
        name: in_turns(case(store.sessions), case(plain), ASKED) for name, case in cases.items()
    }
    store.close()
    worst = max(pairs.ratio for pairs in told.values())
    keep(
        "P7",
        Figure(
            peer="the same code on plain SQLite",
            ours={name: {"ms": pairs.told()[0]} for name, pairs in told.items()},
            theirs={name: {"ms": pairs.told()[1]} for name, pairs in told.items()},
            ratio=round(worst, 3),
            goal="<= 2x, warm, 10,000 packets",
            reached=worst <= 2,
            pairs=PAIRS,
            more={"ratios": {name: round(pairs.ratio, 3) for name, pairs in told.items()}},
        ),
    )


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
    store, _ = new_store(folder / "profile")
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


def main() -> None:
    for work in (one_edit, large_store, encrypted_files):
        with tempfile.TemporaryDirectory() as made:
            work(Path(made))


if __name__ == "__main__":
    main()
