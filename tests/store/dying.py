"""A process that dies, at a named moment, without any chance to clean up. Run by test_kills."""

import os
import signal
import sys
from pathlib import Path

from assessor_app.domain.ids import ActId, ReviewId
from assessor_app.store import outbox, voids
from assessor_app.store.blobs import begin
from assessor_app.store.download import Download
from assessor_app.store.journal import Entry, Handle, JournalFolder
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from assessor_app.store.reviews import save_draft
from tests.store.making import IMAGE, NOW, a_void, blob_of, receipt, reopened, review, sealing


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyJournal:
    """The journal, and the end of the process right after an entry is durable."""

    def __init__(self, journal: JournalFolder) -> None:
        self._journal = journal

    def append(self, entry: Entry) -> Handle:
        handle = self._journal.append(entry)
        die()
        return handle

    def entries(self) -> tuple[tuple[Handle, Entry], ...]:
        return self._journal.entries()

    def drop(self, handle: Handle) -> None:
        self._journal.drop(handle)


def seal(store: Store) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="sealed"), now=NOW)
    with store.sessions.begin() as session:
        outbox.seal(
            session,
            DeadlyJournal(store.journal),
            review(text="sealed"),
            sealing("r1", body=b"frozen"),
        )


def reopen(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(text="sealed"), sealing("r1"))
    with store.sessions.begin() as session:
        voids.reopen(session, DeadlyJournal(store.journal), ReviewId("r1"), a_void("v1"))


def closed(store: Store) -> None:
    with store.sessions.begin() as session:
        act = outbox.seal(session, store.journal, review(text="sealed"), sealing("r1"))
        voids.reopen(session, store.journal, ReviewId("r1"), a_void("v1"))
        outbox.begin_sending(session)
    with store.sessions.begin() as session:
        voids.void_closed(session, DeadlyJournal(store.journal), ActId("v1"), receipt(act))


def sending(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(text="sealed"), sealing("r1"))
        outbox.release(session, now=NOW)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
    die()


def draft(store: Store) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="saved"), now=NOW)
    with store.sessions.begin() as session:
        save_draft(session, review(text="not yet saved"), now=NOW)
        die()


def saved(store: Store) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="saved"), now=NOW)
    die()


def renamed(store: Store) -> None:
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob_of(IMAGE))
    download = Download(store.blob_folder, ticket)
    download.write(0, IMAGE)
    download.finish()
    die()


def part(store: Store) -> None:
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob_of(IMAGE))
    download = Download(store.blob_folder, ticket)
    download.write(0, IMAGE[:70_000])
    download.write(70_000, IMAGE[70_000:71_000])
    die()


MOMENTS = {
    moment.__name__: moment
    for moment in (seal, reopen, closed, sending, draft, saved, renamed, part)
}

if __name__ == "__main__":
    MOMENTS[sys.argv[1]](reopened(Path(sys.argv[2]), ProfileKey(bytes.fromhex(sys.argv[3]))))
