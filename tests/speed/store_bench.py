"""P6, P7: one edit, and a large store, each beside its plain peer. P9 is in `files_bench`."""

import os
import random
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, QueuePool, create_engine, event, insert, text
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.store import assignments, packets, search
from assessor_app.store.cipher import DRIVER, connect
from assessor_app.store.database import Sessions, begin_immediate, sessions_of
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import create_profile
from assessor_app.store.queue import list_queue
from assessor_app.store.reviews import save_draft
from assessor_app.store.schema import AssignmentRow, IndexedTextRow, PacketRow
from tests.fakes import Vault
from tests.speed import files_bench
from tests.speed.report import Figure, keep
from tests.speed.turns import PAIRS, Pairs, in_turns
from tests.store.making import (
    EPOCH,
    MANIFEST,
    NOW,
    PACKET_REF,
    RUBRIC_BYTES,
    RUBRIC_REF,
    assignment,
    review,
    sha256,
)

PACKETS = 10_000
EDITS, ASKED = 200, 20
SEED = 20261125
WORDS = ("lesson", "pupils", "goal", "evidence", "coach", "plan", "question", "answer", "reading",
    "group", "task", "time", "observe", "feedback", "step", "reason", "chart", "class", "method",
    "trial", "model", "revise", "result", "notes")  # fmt: skip


def new_store(folder: Path) -> tuple[Store, ProfileKey]:
    profile, key = create_profile(folder, Vault())
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


def main() -> None:
    for work in (one_edit, large_store, files_bench.encrypted_files):
        with tempfile.TemporaryDirectory() as made:
            work(Path(made))


if __name__ == "__main__":
    main()
