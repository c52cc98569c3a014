"""Backups of the SQLite database, what they hold of each person, and the way back to one.

A receipt is durable when every backup that may still be restored holds it. Without any backup
nothing is.
"""

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from assessor_app.domain.ids import Epoch
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.database import open_database
from assessor_app.reference_platform.errors import NoBackupError
from assessor_app.reference_platform.schema import EpochRow
from assessor_app.wire.codec import dump, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup holds: the last receipt of each account."""

    name: str
    made_at: datetime
    sequences: Mapping[str, int]


class Backups:
    """A folder of copies. Only copies whose description is there can be restored."""

    def __init__(self, folder: Path, database: Path | None) -> None:
        self._folder = folder
        self._database = database

    def all(self) -> tuple[Backup, ...]:
        """Return the backups that may still be restored, oldest first."""
        found = sorted(self._folder.glob("*.json"))
        return tuple(parse(Backup, path.read_bytes()) for path in found)

    def durable_sequence(self, account: str) -> int:
        """Return up to which receipt every backup holds this account's."""
        return min((one.sequences.get(account, 0) for one in self.all()), default=0)

    def record(self, *, now: datetime) -> Backup:
        """Copy the database as it is. Raises NoBackupError where it is no SQLite file."""
        database = self._file("")
        self._folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{max((int(one.name) for one in self.all()), default=0) + 1:06d}"
        copy = self._folder / f"{name}.db"
        _copy(database, copy)
        _sync(copy)
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            found = dict(connection.execute("SELECT account, last_sequence FROM person"))
        backup = Backup(name=name, made_at=now, sequences=found)
        described = copy.with_suffix(".new")
        described.write_bytes(dump(backup))
        _sync(described)
        described.replace(copy.with_suffix(".json"))
        _sync(self._folder)
        return backup

    def retire(self, name: str) -> None:
        """Give a backup up: it will never be restored."""
        self._file(name)
        self._folder.joinpath(f"{name}.json").unlink()
        _sync(self._folder)
        self._folder.joinpath(f"{name}.db").unlink()

    def restore(self, name: str, *, now: datetime) -> Epoch:
        """Put a backup in the place of the database, as a new epoch.

        Backups made after it are retired first: they belong to a history that is over.
        """
        database = self._file(name)
        for later in self.all():
            if later.name > name:
                self.retire(later.name)
        epoch = Epoch(keys.random_id())
        copy = self._folder / "restoring.db"
        copy.unlink(missing_ok=True)
        _copy(self._folder / f"{name}.db", copy)
        begin_epoch(f"sqlite:///{copy}", epoch, now=now)
        _copy(copy, database)
        copy.unlink()
        return epoch

    def _file(self, name: str) -> Path:
        known = not name or any(one.name == name for one in self.all())
        if self._database is None or not known:
            raise NoBackupError(name)
        return self._database


def begin_epoch(url: str, epoch: Epoch, *, now: datetime) -> None:
    """Write a new epoch into a database that nobody else has open."""
    engine = open_database(url)
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


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
