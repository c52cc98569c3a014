"""Backups of the SQLite database, what they hold of each person, and the way back to one.

A receipt is durable when every backup that may still be restored holds it. Without any backup
nothing is. Making, retiring and restoring go one after the other, whoever asks: a backup that was
begun before a restore must not come to stay after it.
"""

import contextlib
import sqlite3
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from assessor_app.domain.ids import Epoch
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.database import open_database, sqlite_url
from assessor_app.reference_platform.durable import sync
from assessor_app.reference_platform.errors import NoBackupError
from assessor_app.reference_platform.schema import EpochRow
from assessor_app.wire.codec import dump, parse

PATIENCE_S = 600
"""Longer than a copy of a large database takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds: the last receipt of each account."""

    name: str
    made_at: datetime
    sequences: Mapping[str, int]


class Backups:
    """A folder of copies. Only copies whose description is there can be restored.

    Threads and processes: any; they take turns.
    """

    def __init__(self, folder: Path, database: Path | None) -> None:
        self._folder = folder
        self._database = database

    def all(self) -> tuple[Backup, ...]:
        """Return the backups that may still be restored, oldest first."""
        found: list[Backup] = []
        for path in sorted(self._folder.glob("*.json")):
            with contextlib.suppress(FileNotFoundError):  # retired since it was listed
                found.append(parse(Backup, path.read_bytes()))
        return tuple(found)

    def durable_sequence(self, account: str) -> int:
        """Return up to which receipt every backup holds this account's."""
        return min((one.sequences.get(account, 0) for one in self.all()), default=0)

    def record(self, *, now: datetime) -> Backup:
        """Copy the database as it is. Raises NoBackupError where it is no SQLite file."""
        database = self._file("")
        with self._alone():
            return self._record(database, now)

    def _record(self, database: Path, now: datetime) -> Backup:
        name = f"{max((int(one.name) for one in self.all()), default=0) + 1:06d}"
        copy = self._folder / f"{name}.db"
        _copy(database, copy)
        sync(copy)
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            found = dict(connection.execute("SELECT account, last_sequence FROM person"))
        backup = Backup(name=name, made_at=now, sequences=found)
        described = copy.with_suffix(".new")
        described.write_bytes(dump(backup))
        sync(described)
        described.replace(copy.with_suffix(".json"))
        sync(self._folder)
        return backup

    def retire(self, name: str) -> None:
        """Give a backup up: it will never be restored."""
        self._file("")
        with self._alone():
            self._file(name)
            self._retire(name)

    def _retire(self, name: str) -> None:
        """Take the copy away for good, then its description.

        Assessors are told that more is durable only once nobody can go back to before it.
        """
        for suffix in ("db", "json"):
            self._folder.joinpath(f"{name}.{suffix}").unlink(missing_ok=True)
            sync(self._folder)

    def restore(self, name: str, *, now: datetime) -> Epoch:
        """Put a backup in the place of the database, as a new epoch.

        Backups made after it are retired first: they belong to a history that is over.
        """
        self._file("")
        with self._alone():
            database = self._file(name)
            if not self._folder.joinpath(f"{name}.db").is_file():  # a retirement was cut short
                raise NoBackupError(name)
            return self._restore(name, database, now)

    def _restore(self, name: str, database: Path, now: datetime) -> Epoch:
        for later in self.all():
            if later.name > name:
                self._retire(later.name)
        epoch = Epoch(keys.random_id())
        copy = self._folder / "restoring.db"
        copy.unlink(missing_ok=True)
        _copy(self._folder / f"{name}.db", copy)
        begin_epoch(copy, epoch, now=now)
        _copy(copy, database)
        copy.unlink()
        return epoch

    @contextlib.contextmanager
    def _alone(self) -> Generator[None]:
        """Hold what no second process or thread holds at the same time; a kill gives it back."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with contextlib.closing(
            sqlite3.connect(self._folder / "turn.lock", timeout=PATIENCE_S, isolation_level=None)
        ) as turn:
            turn.execute("BEGIN EXCLUSIVE")
            yield

    def _file(self, name: str) -> Path:
        known = not name or any(one.name == name for one in self.all())
        if self._database is None or not known:
            raise NoBackupError(name)
        return self._database


def begin_epoch(file: Path, epoch: Epoch, *, now: datetime) -> None:
    """Write a new epoch into a database that nobody else has open."""
    engine = open_database(sqlite_url(file))
    try:
        with Session(engine) as session, session.begin():
            session.add(EpochRow(epoch=epoch, began_at=now))
    finally:
        engine.dispose()


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as read,
        contextlib.closing(sqlite3.connect(target)) as write,
    ):
        read.backup(write)
