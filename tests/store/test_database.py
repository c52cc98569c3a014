import base64
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from assessor_app.store import ballast, outbox
from assessor_app.store.cipher import DatabaseError, connect, verify_encrypted
from assessor_app.store.errors import DiskFullError, NotEncryptedError, ReadOnlyProfileError
from assessor_app.store.keys import ProfileKey, new_key
from assessor_app.store.opening import Store
from assessor_app.store.packets import put_packet, put_rubric
from assessor_app.store.reviews import save_draft
from assessor_app.store.search import index_text
from tests.store.making import (
    BLOB_IDS,
    MANIFEST,
    NOW,
    ONE,
    PACKET_REF,
    PLAINTEXTS,
    RESPONSE,
    RUBRIC_BYTES,
    RUBRIC_REF,
    TWO,
    files_of,
    review,
    sealing,
)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 2),
        ("journal_mode", "wal"),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cell_size_check", 1),
        ("cipher_memory_security", "1"),
        ("busy_timeout", 60_000),
    ],
)
def test_every_connection_is_set_for_safety(store: Store, pragma: str, value: object) -> None:
    with store.sessions.begin() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_transaction_takes_the_right_to_write_at_once(store: Store) -> None:
    blocked = threading.Event()

    def second() -> None:
        connection = store.engine.raw_connection()
        try:
            connection.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]  # a live connection has one
            connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]  # a live connection has one
        except DatabaseError:
            blocked.set()
        finally:
            connection.invalidate()

    with store.sessions.begin() as session:
        session.execute(text("SELECT 1"))
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()

    assert blocked.is_set()


def test_the_database_opens_with_its_key_alone(store: Store, key: ProfileKey) -> None:
    path = store.profile.database
    assert connect(path, key).execute("SELECT count(*) FROM outbox").fetchone() == (0,)

    with pytest.raises(DatabaseError):
        connect(path, new_key()).execute("SELECT count(*) FROM outbox")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT count(*) FROM outbox")


def test_a_plain_database_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE t (a)")

    with pytest.raises(NotEncryptedError):
        verify_encrypted(plain)


def test_an_encrypted_database_is_accepted(store: Store) -> None:
    verify_encrypted(store.profile.database)


def encodings(marker: str) -> tuple[bytes, ...]:
    """Spell a text in every way in which it could lie in a file, base64 in all three phases."""
    plain = marker.encode()
    shifted = (base64.b64encode(b"x" * phase + plain)[4:-4] for phase in range(3))
    return (plain, marker.encode("utf-16-le"), marker.encode("utf-16-be"), *shifted)


def test_the_ways_to_spell_a_text_are_found_where_they_are() -> None:
    for phase in range(3):
        hidden = base64.b64encode(b"-" * phase + RESPONSE.encode() + b"--")
        assert any(spelling in hidden for spelling in encodings(RESPONSE))


def test_no_file_of_the_profile_tells_anything(store: Store) -> None:
    with store.sessions.begin() as session:
        put_packet(session, PACKET_REF, MANIFEST, blob_ids=BLOB_IDS, related={})
        put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)
        save_draft(session, review(TWO), now=NOW)
        outbox.seal(session, store.journal, review(), sealing())
        index_text(session, ONE, kind="response", source="p", content=RESPONSE)

    found = [
        (path.name, marker)
        for path in files_of(store.profile.folder)
        for marker in PLAINTEXTS
        if any(spelling in path.read_bytes() for spelling in encodings(marker))
    ]

    assert found == []
    assert any(path.name.endswith("-wal") for path in files_of(store.profile.folder))


def test_a_database_that_cannot_be_written_to_is_told_as_such(store: Store) -> None:
    with store.sessions.begin() as session:
        session.execute(text("PRAGMA query_only = ON"))

    with pytest.raises(ReadOnlyProfileError), store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(), sealing())

    assert not any(type(entry).__name__ == "SealEntry" for _, entry in store.journal.entries())


def test_a_full_disk_gives_the_ballast_up_and_then_the_seal_works(store: Store) -> None:
    with store.sessions.begin() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    text_of_a_megabyte = review(text="x" * 1_000_000)

    with pytest.raises(DiskFullError) as full, store.sessions.begin() as session:
        outbox.seal(session, store.journal, text_of_a_megabyte, sealing())

    assert full.value.released
    assert not store.profile.ballast.exists()
    assert not any(type(entry).__name__ == "SealEntry" for _, entry in store.journal.entries())
    with store.sessions.begin() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, text_of_a_megabyte, sealing())


def test_the_ballast_is_there_and_given_up_once(store: Store) -> None:
    path = store.profile.ballast
    assert path.stat().st_size == ballast.BALLAST_BYTES

    assert ballast.release(path)
    assert not ballast.release(path)
