import errno
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typing_extensions import override

from assessor_app.domain.ids import ActId, ReviewId
from assessor_app.domain.outbox import AttentionReason
from assessor_app.store import outbox, voids
from assessor_app.store.errors import DiskFullError, SealedReviewError
from assessor_app.store.journal import Entry, Handle, JournalFolder, SealEntry, VoidEntry
from assessor_app.store.keys import ProfileKey, new_key
from assessor_app.store.opening import Store
from assessor_app.store.reviews import save_draft
from tests.store.making import NOW, a_void, review, sealing


def entry(act: str = "r1") -> SealEntry:
    return SealEntry(
        act=ReviewId(act), review=review(), body=b"frozen", sealed_at=NOW, grace_until=None
    )


def journal_in(tmp_path: Path, key: ProfileKey) -> JournalFolder:
    return JournalFolder(tmp_path / "journal", key, ballast=tmp_path / "ballast")


@pytest.fixture
def journal(tmp_path: Path) -> JournalFolder:
    return journal_in(tmp_path, new_key())


class WatchedJournal:
    """A journal that looks at the outbox, as another process would, while an entry is durable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: list[tuple[int, ...]] = []

    def append(self, entry: Entry) -> Handle:
        handle = self._store.journal.append(entry)
        connection = self._store.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM outbox")
        self.seen += cursor.fetchall()
        connection.close()
        return handle

    def entries(self) -> tuple[tuple[Handle, Entry], ...]:
        return self._store.journal.entries()

    def drop(self, handle: Handle) -> None:
        self._store.journal.drop(handle)


def test_entries_come_back_in_the_order_of_writing(tmp_path: Path) -> None:
    key = new_key()
    first = journal_in(tmp_path, key)
    first.append(entry("r1"))
    first.append(entry("r2"))

    again = journal_in(tmp_path, key)
    again.append(entry("r3"))

    assert [found for _, found in again.entries()] == [entry("r1"), entry("r2"), entry("r3")]


def test_the_entry_is_durable_before_the_database_says_so(store: Store) -> None:
    watched = WatchedJournal(store)

    with store.sessions.begin() as session:
        outbox.seal(session, watched, review(), sealing())

    assert watched.seen == [(0,)]


def test_an_entry_is_taken_back_when_the_transaction_is(store: Store) -> None:
    before = len(store.journal.entries())

    def seal_and_fail() -> None:
        with store.sessions.begin() as session:
            outbox.seal(session, store.journal, review(), sealing())
            save_draft(session, review(text="other"), now=NOW)

    with pytest.raises(SealedReviewError):
        seal_and_fail()

    assert len(store.journal.entries()) == before


class FailsAtTheEnd(JournalFolder):
    """A folder whose disk fails when the file has its name already."""

    @override
    def _write(self, path: Path, content: bytes) -> None:
        super()._write(path, content)
        raise OSError(errno.EIO, "no")


def test_an_entry_is_taken_back_when_its_name_could_not_be_made_durable(
    store: Store, key: ProfileKey
) -> None:
    profile = store.profile
    failing = FailsAtTheEnd(profile.journal_folder, key, ballast=profile.ballast)
    before = store.journal.entries()

    with pytest.raises(OSError, match="no"), store.sessions.begin() as session:
        outbox.seal(session, failing, review(), sealing("r1"))

    assert store.journal.entries() == before


def test_an_entry_is_taken_back_when_a_session_is_only_closed(store: Store) -> None:
    before = len(store.journal.entries())
    session: Session = store.sessions()
    with session.begin_nested():
        outbox.seal(session, store.journal, review(), sealing())
    session.close()

    assert len(store.journal.entries()) == before


def test_an_entry_stays_when_a_later_transaction_of_the_session_fails(store: Store) -> None:
    session: Session = store.sessions()
    outbox.seal(session, store.journal, review(), sealing("r1"))
    session.commit()
    before = len(store.journal.entries())
    voids.reopen(session, store.journal, ReviewId("r1"), a_void())
    session.rollback()
    session.close()

    assert len(store.journal.entries()) == before


def test_a_seal_a_void_and_a_donation_are_each_written(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(), sealing("r1"))
        outbox.release(session, now=NOW)
        outbox.begin_sending(session)
        outbox.refuse(session, ActId("r1"), AttentionReason.CLOSED)
        outbox.donate(
            session, store.journal, ReviewId("r1"), act_id=ActId("d1"), body=b"d", now=NOW
        )
        voids.reopen(session, store.journal, ReviewId("r1"), a_void())

    kinds = [type(found).__name__ for _, found in store.journal.entries()]
    assert kinds == ["BindingEntry", "SealEntry", "DonationEntry", "VoidEntry"]


def test_only_seals_and_donations_hold_text(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(), sealing("r1"))
        voids.reopen(session, store.journal, ReviewId("r1"), a_void("v1"))

    (void,) = [found for _, found in store.journal.entries() if isinstance(found, VoidEntry)]
    assert void.body == b"void v1"


def test_a_changed_renamed_or_strange_file_is_no_entry_and_stays(
    journal: JournalFolder, tmp_path: Path
) -> None:
    handles = [journal.append(entry(f"r{number}")) for number in range(3)]
    folder = tmp_path / "journal"
    changed = folder / handles[0].name
    content = bytearray(changed.read_bytes())
    content[40] ^= 1
    changed.write_bytes(content)
    (folder / handles[1].name).rename(folder / "0000000009.entry")
    (folder / "0000000010.entry").write_bytes(b"noise")

    assert [found for _, found in journal.entries()] == [entry("r2")]
    assert len(journal.unreadable()) == 3


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    journal_in(tmp_path, new_key()).append(entry())

    assert journal_in(tmp_path, new_key()).entries() == ()


def test_a_half_written_file_is_swept(tmp_path: Path, key: ProfileKey) -> None:
    journal_in(tmp_path, key).append(entry())
    half = tmp_path / "journal" / "0000000002.entry.new"
    half.write_bytes(b"half")

    journal = journal_in(tmp_path, key)

    assert not half.exists()
    assert len(journal.entries()) == 1


def fill_disk_once(tmp_path: Path, name: str) -> None:
    """Let the next write of an entry meet a device without room."""
    (tmp_path / "journal" / f"{name}.new").symlink_to("/dev/full")


def test_a_full_disk_gives_the_ballast_up_for_an_entry(
    journal: JournalFolder, tmp_path: Path
) -> None:
    (tmp_path / "ballast").write_bytes(b"room")
    fill_disk_once(tmp_path, "0000000001.entry")

    journal.append(entry())

    assert not (tmp_path / "ballast").exists()
    assert [found for _, found in journal.entries()] == [entry()]


def test_a_full_disk_without_ballast_seals_nothing(store: Store, tmp_path: Path) -> None:
    store.profile.ballast.unlink()
    (store.profile.journal_folder / "0000000002.entry.new").symlink_to("/dev/full")

    with pytest.raises(DiskFullError), store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(), sealing())

    with store.sessions.begin() as session:
        assert outbox.list_acts(session) == ()
    assert [type(found).__name__ for _, found in store.journal.entries()] == ["BindingEntry"]
