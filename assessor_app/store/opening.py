"""Opening a profile: verify, migrate, rebuild what is damaged, replay the journal, and tell."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assessor_app.domain.review import Review
from assessor_app.store import ballast, files, migrate
from assessor_app.store.blobs import sweep
from assessor_app.store.cipher import (
    DatabaseError,
    connect,
    is_damage,
    is_full,
    is_read_only,
    verify_encrypted,
)
from assessor_app.store.columns import from_json
from assessor_app.store.database import Sessions, open_engine, sessions_of, suspicion_of
from assessor_app.store.errors import (
    DamagedStoreError,
    DiskFullError,
    NewerStoreError,
    ReadOnlyProfileError,
    SealedReviewError,
)
from assessor_app.store.export import read_drafts
from assessor_app.store.files import make_private, sync_folder
from assessor_app.store.integrity import findings
from assessor_app.store.journal import Journal, JournalFolder
from assessor_app.store.keys import ProfileKey
from assessor_app.store.outbox import find_interrupted
from assessor_app.store.profile import DATABASE, Profile
from assessor_app.store.replay import Replayed, drop_superseded, replay
from assessor_app.store.reviews import save_draft
from assessor_app.store.schema import REVISION

_BEGUN = ".begun"
_HAS_REVISION = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
_REVISION = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """What opening found and did. `quarantined` is where a damaged database now lies."""

    created: bool
    migrated_from: str | None
    quarantined: Path | None
    drafts_salvaged: int
    replayed: Replayed
    found_sending: int
    unreadable_journal_files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What a database learnt at its start."""

    replayed: Replayed
    found_sending: int
    drafts_salvaged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open profile. Threads: sessions and journal may be used on any; close it once."""

    profile: Profile
    engine: Engine
    sessions: Sessions
    journal: JournalFolder
    report: OpenReport

    @property
    def blob_folder(self) -> Path:
        """The encrypted files."""
        return self.profile.blob_folder

    def close(self) -> None:
        """Close the database and give the profile's lock back."""
        self.engine.dispose()
        self.profile.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The state of the database file before it is used."""

    created: bool = False
    migrated_from: str | None = None


def open_store(profile: Profile, key: ProfileKey, *, now: datetime) -> Store:
    """Return the store of a locked profile.

    Raises:
        WrongKeyError: The key is not the profile's. Nothing was touched.
        NewerStoreError: A newer program wrote it. Nothing was touched.
        NotEncryptedError: The file is readable without the key.
        DiskFullError: There is no room to open it, although the ballast was given up.
        ReadOnlyProfileError: A part of it cannot be written to.
    """
    profile.checked(key)
    try:
        return _opened(profile, key, now)
    except DiskFullError as full:
        if not full.released and not ballast.release(profile.ballast):
            raise
    return _opened(profile, key, now)


def _opened(profile: Profile, key: ProfileKey, now: datetime) -> Store:
    """Open a profile, and say in our words what the system says."""
    try:
        return _open(profile, key, now)
    except OSError as error:
        if files.is_read_only(error):
            raise ReadOnlyProfileError(profile.folder) from None
        if files.is_full(error):
            raise DiskFullError(released=False) from None
        raise
    except (DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if is_read_only(cause):
            raise ReadOnlyProfileError(profile.folder) from None
        if is_full(cause, profile.folder):
            raise DiskFullError(released=False) from None
        raise


def _open(profile: Profile, key: ProfileKey, now: datetime) -> Store:
    make_private(profile.blob_folder)
    journal = JournalFolder(profile.journal_folder, key, ballast=profile.ballast)
    found = _prepare(profile, key, now)
    try:
        return _take_in(profile, key, found, journal, now=now)
    except DamagedStoreError:
        return _take_in(profile, key, _rebuild(profile, key, now), journal, now=now)


def _take_in(
    profile: Profile, key: ProfileKey, found: _Found, journal: JournalFolder, *, now: datetime
) -> Store:
    """Open a sound file and make it say what the journal says."""
    verify_encrypted(profile.database)
    engine = open_engine(profile.database, key, ballast=profile.ballast)
    sessions = sessions_of(engine)
    aside = _being_set_aside(profile)
    drafts = tuple(draft for each in aside for draft in read_drafts(each / DATABASE, key))
    try:
        learnt = catch_up(sessions, journal, drafts, now=now)
        with sessions.begin() as session:
            sweep(session, profile.blob_folder)
    except BaseException:
        engine.dispose()
        raise
    ballast.keep(profile.ballast)
    report = OpenReport(
        created=found.created,
        migrated_from=found.migrated_from,
        quarantined=_finish_setting_aside(profile, aside),
        drafts_salvaged=learnt.drafts_salvaged,
        replayed=learnt.replayed,
        found_sending=learnt.found_sending,
        unreadable_journal_files=journal.unreadable(),
    )
    return Store(profile=profile, engine=engine, sessions=sessions, journal=journal, report=report)


def catch_up(
    sessions: Sessions, journal: Journal, drafts: tuple[bytes, ...] = (), *, now: datetime
) -> Learnt:
    """Make a sound database say what the journal and the drafts of a damaged one say."""
    with sessions.begin() as session:
        replayed = replay(session, journal, now=now)
        interrupted = find_interrupted(session)
        salvaged = _salvage(session, drafts, now)
    drop_superseded(journal)
    return Learnt(replayed=replayed, found_sending=interrupted, drafts_salvaged=salvaged)


def _prepare(profile: Profile, key: ProfileKey, now: datetime) -> _Found:
    """Bring a sound file of today's schema to its place."""
    path = profile.database
    migrate.discard_leftovers(path)
    aside = _being_set_aside(profile)
    if not path.exists() and aside:
        return _rebuild(profile, key, now)
    if not path.exists():
        migrate.make(path, key)
        return _Found(created=True)
    if path.stat().st_size:
        verify_encrypted(path)
    try:
        return _to_date(path, key)
    except DamagedStoreError:
        return _rebuild(profile, key, now)


def _to_date(path: Path, key: ProfileKey) -> _Found:
    """Bring an existing file to today's schema. Raises DamagedStoreError, NewerStoreError."""
    revision = _revision(path, key)
    suspicion = suspicion_of(path)
    if suspicion.exists() and findings(path, key):
        raise DamagedStoreError(path)
    suspicion.unlink(missing_ok=True)
    if revision == REVISION:
        return _Found()
    migrate.migrate(path, key)
    return _Found(migrated_from=revision)


def _revision(path: Path, key: ProfileKey) -> str:
    """Return the schema of a file. Raises DamagedStoreError, NewerStoreError."""
    try:
        connection = connect(path, key)
        try:
            known = connection.execute(_HAS_REVISION).fetchone()[0]
            row = connection.execute(_REVISION).fetchone() if known else None
        finally:
            connection.close()
    except DatabaseError as error:
        if is_damage(error):
            raise DamagedStoreError(path) from None
        raise
    if row is None:
        raise DamagedStoreError(path)
    if row[0] > REVISION:
        raise NewerStoreError(path, row[0])
    return str(row[0])


def _rebuild(profile: Profile, key: ProfileKey, now: datetime) -> _Found:
    """Set a damaged database aside, whole, and begin a new one.

    Its folder has a mark in its name until the drafts that it still gives are in the new one, so
    that a crash on the way loses none. A crash within the move is followed by the rest of it.
    """
    aside = _unfinished(profile) or profile.quarantine / f"{now:%Y%m%dT%H%M%S%f}{_BEGUN}"
    make_private(aside)
    sync_folder(profile.quarantine)
    for suffix in ("", "-wal", "-shm"):
        part = profile.database.with_name(DATABASE + suffix)
        if part.exists():
            part.replace(aside / part.name)
    sync_folder(aside)
    sync_folder(profile.folder)
    migrate.make(profile.database, key)
    suspicion_of(profile.database).unlink(missing_ok=True)
    return _Found()


def _unfinished(profile: Profile) -> Path | None:
    """Return the folder into which not everything was moved; None when there is none."""
    aside = _being_set_aside(profile)
    if profile.database.exists():
        aside = tuple(each for each in aside if not (each / DATABASE).exists())
    return aside[-1] if aside else None


def _being_set_aside(profile: Profile) -> tuple[Path, ...]:
    """Return the folders of damaged databases whose drafts may not be in the new one yet."""
    return tuple(sorted(profile.quarantine.glob(f"*{_BEGUN}")))


def _finish_setting_aside(profile: Profile, aside: tuple[Path, ...]) -> Path | None:
    """Take the mark off; return where the last of the damaged databases lies now."""
    quarantined: Path | None = None
    for begun in aside:
        quarantined = begun.replace(begun.with_suffix("")) / DATABASE
    if quarantined:
        sync_folder(profile.quarantine)
    return quarantined


def _salvage(session: Session, drafts: tuple[bytes, ...], now: datetime) -> int:
    """Keep the drafts of a damaged database, unless the journal knows them as sealed."""
    kept = 0
    for content in drafts:
        try:
            save_draft(session, from_json(Review, content), now=now)
            kept += 1
        except (SealedReviewError, msgspec.DecodeError):
            continue
    return kept
