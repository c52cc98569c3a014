"""I13: database and blobs are unreadable without the key.

Of a whole profile, made by a journey with a real platform: every file is told apart by what it may
hold, looks like noise, tells no text, and opens for no other key, be it only one bit another.
"""

import base64
import json
import shutil
import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from assessor_app.store import blobs, passphrase
from assessor_app.store.cipher import DatabaseError, connect
from assessor_app.store.errors import (
    DamagedBlobError,
    WrongKeyError,
    WrongPassphraseError,
)
from assessor_app.store.journal import JournalFolder
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import open_store
from assessor_app.store.passphrase import Cost
from assessor_app.store.profile import FACTS, lock_profile
from assessor_app.store.schema import BlobRow
from assessor_app.store.stream import KEY_BYTES
from tests.journeys.conftest import assessor, town
from tests.journeys.house import Town
from tests.journeys.laptop import Assessor, queue_of, sync, write_and_seal
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE
from tests.store.making import NOW, files_of, reopened

__all__ = ["assessor", "town"]

NOISE = 0.99
"""Encrypted bytes cannot be packed."""
PLAIN_BY_DESIGN = {FACTS, "ballast", "lock"}
"""What is not encrypted: who the profile is, in hashes; a reserve of zeros; an empty file."""


@dataclass(frozen=True, slots=True)
class Laptop:
    """A closed profile with a packet, a draft, a sealed and a received review."""

    folder: Path
    key: ProfileKey
    texts: tuple[str, ...]


@pytest.fixture
def laptop(town: Town, assessor: Assessor) -> Laptop:
    loan = town.lend(packets=3)
    opened = assessor.sign_in(town.url, loan.token)
    sync(opened)
    received, waiting, *_ = (row.assignment for row in queue_of(opened).rows)
    write_and_seal(opened, received)
    sync(opened)
    write_and_seal(opened, waiting)
    opened.close()
    (secret,) = assessor.vault.secrets.values()
    responses = [
        prompt.response
        for made in loan.built
        for part in made.packet.parts
        for prompt in part.prompts
    ]
    titles = [criterion.title for criterion in loan.built[0].rubric.criteria]
    card = loan.built[0].packet.microcredential
    texts = (*responses, *titles, card.title, card.competency, PRAISE, GROWTH, loan.token)
    return Laptop(opened.folder, ProfileKey(secret), tuple(text for text in texts if len(text) > 6))


def other_key(key: ProfileKey) -> ProfileKey:
    """Return a key that differs in one bit."""
    return ProfileKey(bytes((key.secret[0] ^ 1, *key.secret[1:])))


def test_i13_every_file_is_noise_but_the_few_that_may_be_read(laptop: Laptop) -> None:
    files = {path.relative_to(laptop.folder): path.read_bytes() for path in files_of(laptop.folder)}

    readable = {
        path.name
        for path, content in files.items()
        if len(zlib.compress(content)) < len(content) * NOISE
    }

    assert readable <= PLAIN_BY_DESIGN
    assert len([path for path in files if path.parts[0] == "blobs"]) >= 3
    assert len([path for path in files if path.parts[0] == "journal"]) >= 2


def test_i13_no_file_tells_a_word_or_the_key(laptop: Laptop) -> None:
    secret = laptop.key.secret
    spelled = (secret, secret.hex().encode(), base64.b64encode(secret).rstrip(b"="))

    assert leaks((laptop.folder,), laptop.texts) == []
    for path in files_of(laptop.folder):
        content = path.read_bytes()
        assert not any(spelling in content for spelling in spelled), path


def test_i13_what_may_be_read_names_nobody(laptop: Laptop) -> None:
    facts = json.loads((laptop.folder / FACTS).read_text("utf-8"))

    assert set(facts) <= {"version", "id", "check", "key_source", "wrapped_key"}


def test_i13_the_database_opens_for_its_key_alone(laptop: Laptop) -> None:
    with lock_profile(laptop.folder) as profile:
        database = profile.database
        with pytest.raises(DatabaseError):
            connect(database, other_key(laptop.key)).execute("SELECT * FROM outbox")
        with pytest.raises(sqlite3.DatabaseError):
            sqlite3.connect(database).execute("SELECT * FROM outbox")
        with pytest.raises(WrongKeyError):
            open_store(profile, other_key(laptop.key), now=NOW)


def test_i13_the_journal_opens_for_its_key_alone(laptop: Laptop) -> None:
    with lock_profile(laptop.folder) as profile:
        own = JournalFolder(profile.journal_folder, laptop.key, ballast=profile.ballast)
        other = JournalFolder(
            profile.journal_folder, other_key(laptop.key), ballast=profile.ballast
        )

        assert len(own.entries()) >= 2
        assert other.entries() == ()
        assert len(other.unreadable()) == len(own.entries())


def test_i13_a_blob_opens_for_its_own_key_alone(laptop: Laptop) -> None:
    """Its key is in the database, so that it is unreadable where that is."""
    store = reopened(laptop.folder, laptop.key)
    with store.sessions.begin() as session:
        rows = list(session.scalars(select(BlobRow)))
        for row in rows:
            with blobs.open_reader(session, store.blob_folder, row.sha256) as reader:  # type: ignore[arg-type]  # a row's
                assert len(reader.read_all()) == row.size_bytes
        one, another = rows[0], rows[1]
        one.key = bytes((one.key[0] ^ 1, *one.key[1:]))
        another.key = bytes(KEY_BYTES)
        session.flush()
        for row in (one, another):
            with (
                blobs.open_reader(session, store.blob_folder, row.sha256) as reader,  # type: ignore[arg-type]  # a row's
                pytest.raises(DamagedBlobError),
            ):
                reader.read_all()
    store.close()


def test_i13_a_blob_in_the_place_of_another_is_not_read(laptop: Laptop) -> None:
    store = reopened(laptop.folder, laptop.key)
    with store.sessions.begin() as session:
        one, another, *_ = session.scalars(select(BlobRow).order_by(BlobRow.size_bytes))
        shutil.copyfile(store.blob_folder / one.file, store.blob_folder / another.file)
        with (
            blobs.open_reader(session, store.blob_folder, another.sha256) as reader,  # type: ignore[arg-type]  # a row's
            pytest.raises(DamagedBlobError),
        ):
            reader.read_all()
    store.close()


def test_i13_with_a_passphrase_the_folder_alone_opens_nothing(tmp_path: Path) -> None:
    cheap = Cost(time_cost=1, memory_kib=64, lanes=1)
    profile, key = passphrase.create_profile(tmp_path / "p", "hollyhock lane", cheap)
    open_store(profile, key, now=NOW).close()

    assert leaks((tmp_path,), ("hollyhock lane", key.secret.hex())) == []
    assert not any(key.secret in path.read_bytes() for path in files_of(tmp_path))
    with lock_profile(tmp_path / "p") as again, pytest.raises(WrongPassphraseError):
        passphrase.unlock(again, "Hollyhock lane")


def test_i13_with_its_key_the_same_profile_opens(laptop: Laptop) -> None:
    """What is proved above is not mere damage."""
    store = reopened(laptop.folder, laptop.key)

    assert store.report.quarantined is None
    assert store.report.unreadable_journal_files == ()
    store.close()
