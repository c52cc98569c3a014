import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text

from assessor_app.domain.outbox import OutboxState
from assessor_app.store import migrate, outbox
from assessor_app.store.blobs import Ticket, begin, put_complete
from assessor_app.store.care import check
from assessor_app.store.cipher import connect
from assessor_app.store.columns import Row
from assessor_app.store.download import Download
from assessor_app.store.errors import DamagedStoreError, NewerStoreError, NotEncryptedError
from assessor_app.store.export import export_work
from assessor_app.store.keys import ProfileKey, new_key
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import lock_profile
from assessor_app.store.reviews import save_draft
from assessor_app.store.schema import REVISION
from tests.store.making import (
    FEEDBACK,
    IMAGE,
    NOW,
    TWO,
    blob_of,
    files_of,
    reopened,
    review,
    sealing,
    sha256,
)

SEARCH_TABLES = {
    "search",
    "search_config",
    "search_content",
    "search_data",
    "search_docsize",
    "search_idx",
}


def definitions(statements: list[tuple[str, str]]) -> dict[str, str]:
    """Return what SQLite keeps of every table, without the differences of quoting and spacing."""
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in statements}


def test_migrations_lead_to_the_mapped_classes(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Row.metadata)

    removed = {difference[1].name for difference in differences if difference[0] == "remove_table"}
    assert removed == SEARCH_TABLES
    assert len(differences) == len(removed)


def test_migrations_make_the_same_constraints_as_the_mapped_classes(store: Store) -> None:
    wanted = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search%'"
    engine = create_engine("sqlite://")
    Row.metadata.create_all(engine)
    with engine.connect() as connection:
        mapped = definitions([(row[0], row[1]) for row in connection.execute(text(wanted))])
    with store.engine.connect() as connection:
        migrated = definitions([(row[0], row[1]) for row in connection.execute(text(wanted))])
    migrated.pop("alembic_version")

    assert migrated == mapped


def test_the_revision_the_program_knows_is_the_last_one() -> None:
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head() == REVISION


def test_a_new_profile_is_made_and_an_old_one_opened(store: Store, key: ProfileKey) -> None:
    assert store.report.created
    store.close()

    again = reopened(store.profile.folder, key)

    assert not again.report.created
    assert again.report.quarantined is None
    again.close()


def fill(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(), sealing("r1"))
        save_draft(session, review(TWO, "a draft"), now=NOW)


def test_a_migration_happens_on_a_copy_and_keeps_everything(store: Store, key: ProfileKey) -> None:
    fill(store)
    store.close()
    path = store.profile.database

    migrate.migrate(path, key)

    assert not list(path.parent.glob("*.next*"))
    again = reopened(store.profile.folder, key)
    with again.sessions.begin() as session:
        assert [act.act_id for act in outbox.list_acts(session)] == ["r1"]
    again.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(store: Store, key: ProfileKey) -> None:
    fill(store)
    store.close()
    path = store.profile.database
    connection = connect(path, key)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(Exception, match="0000"):
        migrate.migrate(path, key)

    assert path.read_bytes() == before


def test_a_migration_that_finds_damage_is_not_swapped_in(store: Store, key: ProfileKey) -> None:
    fill(store)
    store.close()
    path = store.profile.database
    content = bytearray(path.read_bytes())
    content[-100:] = bytes(100)
    path.write_bytes(content)

    with pytest.raises(DamagedStoreError):
        migrate.migrate(path, key)

    assert path.read_bytes() == bytes(content)


def test_what_an_interrupted_migration_left_is_swept(store: Store, key: ProfileKey) -> None:
    store.close()
    leftover = store.profile.folder / "store.db.next"
    leftover.write_bytes(b"half")

    reopened(store.profile.folder, key).close()

    assert not leftover.exists()


def test_a_newer_database_is_left_alone_and_can_be_exported(store: Store, key: ProfileKey) -> None:
    fill(store)
    with store.sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("ALTER TABLE drafts ADD COLUMN new_column TEXT"))
    store.close()
    profile = lock_profile(store.profile.folder)

    with pytest.raises(NewerStoreError) as newer:
        open_store(profile, key, now=NOW)

    assert newer.value.revision == "9999"
    work = json.loads(export_work(profile.database, key))
    assert [draft["assignment"] for draft in work["drafts"]] == ["assignment-1", "assignment-2"]
    assert work["drafts"][0]["review"]["feedback"][0]["text"] == FEEDBACK
    assert [(act["act"], act["state"]) for act in work["acts"]] == [("r1", OutboxState.SEALED)]
    profile.close()


def test_an_export_of_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"\x07" * 8192)

    with pytest.raises(DamagedStoreError):
        export_work(noise, new_key())


def test_an_empty_file_is_damage_and_what_was_sealed_is_still_there(
    store: Store, key: ProfileKey
) -> None:
    fill(store)
    store.close()
    store.profile.database.write_bytes(b"")

    again = reopened(store.profile.folder, key)

    assert again.report.quarantined is not None
    assert again.report.replayed.seals == ("r1",)
    again.close()


def test_a_database_cut_down_to_its_beginning_is_set_aside(store: Store, key: ProfileKey) -> None:
    fill(store)
    store.close()
    path = store.profile.database
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)

    again = reopened(store.profile.folder, key)

    assert again.report.quarantined is not None
    assert again.report.replayed.seals == ("r1",)
    with again.sessions.begin() as session:
        assert [act.state for act in outbox.list_acts(session)] == [OutboxState.AMBIGUOUS]
    again.close()


def break_outbox(store: Store, key: ProfileKey) -> None:
    """Ruin the page where the outbox begins, and nothing else."""
    connection = connect(store.profile.database, key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    wanted = "SELECT rootpage FROM sqlite_master WHERE name = 'outbox'"
    (page,) = connection.execute(wanted).fetchone()
    connection.close()
    with store.profile.database.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(bytes(100))


def test_damage_found_while_the_journal_is_replayed_is_set_aside_at_once(
    store: Store, key: ProfileKey
) -> None:
    fill(store)
    store.close()
    break_outbox(store, key)

    again = reopened(store.profile.folder, key)

    assert again.report.quarantined is not None
    assert again.report.replayed.seals == ("r1",)
    assert again.report.drafts_salvaged == 1
    again.close()


def test_damage_met_at_work_is_told_and_marked(store: Store, key: ProfileKey) -> None:
    fill(store)
    store.engine.dispose()
    break_outbox(store, key)

    with pytest.raises(DamagedStoreError), store.sessions.begin() as session:
        outbox.list_acts(session)

    assert (store.profile.folder / "store.db.suspect").exists()


def test_a_database_in_use_elsewhere_is_never_taken_for_damaged(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    """Only broken pages are: a file that is merely locked or unreadable stays where it is."""
    store.close()
    folder = tmp_path / "copy"
    shutil.copytree(store.profile.folder, folder)
    (folder / "store.db").unlink()
    (folder / "store.db").mkdir()
    profile = lock_profile(folder)

    with pytest.raises(Exception) as failure:  # noqa: PT011 (whatever the system says)
        open_store(profile, key, now=NOW)

    assert not isinstance(failure.value, DamagedStoreError)
    assert not profile.quarantine.exists()
    profile.close()


def test_the_doctor_finds_a_damaged_file_and_a_strange_journal_entry(
    store: Store, key: ProfileKey
) -> None:
    ticket = fetched(store, IMAGE)
    assert check(store, key).is_sound

    path = store.blob_folder / ticket.file
    content = bytearray(path.read_bytes())
    content[70_000] ^= 1
    path.write_bytes(content)
    (store.profile.journal_folder / "0000000099.entry").write_bytes(b"noise")

    health = check(store, key)
    assert not health.is_sound
    assert health.database == ()
    assert health.damaged_blobs == (sha256(IMAGE),)
    assert health.unreadable_journal_files == ("0000000099.entry",)


def test_the_doctor_lets_others_write_between_two_files(store: Store, key: ProfileKey) -> None:
    for number in range(3):
        fetched(store, IMAGE[number:])
    begun: list[object] = []
    event.listen(store.engine, "begin", begun.append)

    assert check(store, key).is_sound

    assert len(begun) > 3


def fetched(store: Store, content: bytes) -> Ticket:
    """Put content on the laptop as a download would."""
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob_of(content))
    with Download(store.blob_folder, ticket) as download:
        download.write(0, content)
        download.finish()
    with store.sessions.begin() as session:
        put_complete(session, ticket.blob.sha256)
    return ticket


def test_a_database_in_clear_is_neither_used_nor_set_aside(store: Store, key: ProfileKey) -> None:
    store.close()
    path = store.profile.database
    for each in path.parent.glob("store.db*"):
        each.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE drafts (content TEXT)")
    plain.close()
    before = path.read_bytes()

    with pytest.raises(NotEncryptedError):
        reopened(store.profile.folder, key)

    assert path.read_bytes() == before
    assert not store.profile.quarantine.exists()


def test_files_without_a_key_are_swept_at_the_start(store: Store, key: ProfileKey) -> None:
    store.close()
    stranger = store.blob_folder / ("ab" * 16)
    stranger.write_bytes(b"noise")

    reopened(store.profile.folder, key).close()

    assert not stranger.exists()


def test_every_file_of_a_profile_is_private(store: Store) -> None:
    fill(store)

    assert all(path.stat().st_mode & 0o077 == 0 for path in store.profile.folder.rglob("*/"))
    assert any(files_of(store.profile.folder))
