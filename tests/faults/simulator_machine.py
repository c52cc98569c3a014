"""A laptop's hardware: a database in memory, a folder for the journal, and sudden deaths.

The database goes through the product's own migrations and functions, the journal is the product's
own on a folder that no disk has to keep. A machine is used for many histories.
"""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, StaticPool, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
from typing_extensions import override

from assessor_app.store import migrate
from assessor_app.store.cipher import DRIVER
from assessor_app.store.database import Sessions, begin_immediate, sessions_of
from assessor_app.store.errors import DiskFullError
from assessor_app.store.journal import Entry, Handle, JournalFolder
from assessor_app.store.keys import ProfileKey
from assessor_app.store.profile import Profile, create_profile

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (a private folder below it, made by tempfile)
KEY = ProfileKey(bytes(range(32)))


class CrashError(BaseException):
    """The process dies: nothing may catch this and go on."""


class Immediate(SQLiteDialect_pysqlite):
    """SQLite as the product uses it. An event of the engine would slow every statement down."""

    supports_statement_cache = True

    @override
    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute("BEGIN IMMEDIATE")


registry.register("sqlite.immediate", __name__, "Immediate")


@dataclass
class Fate:
    """Counts the steps of a store; at a chosen one the process dies, or the disk is full."""

    left: int = 0
    is_dead: bool = False
    is_full: bool = False
    deaths: int = 0

    def step(self) -> None:
        """Take a step that a death can come before."""
        if self.is_dead:
            raise CrashError
        if self.left:
            self.left -= 1
            if not self.left:
                self.is_dead = True
                self.deaths += 1
                raise CrashError

    def live_again(self) -> None:
        self.left, self.is_dead = 0, False


class MortalJournal(JournalFolder):
    """The journal of a process that can die before and after every entry."""

    def __init__(self, folder: Path, fate: Fate) -> None:
        super().__init__(folder, KEY, ballast=folder / "no ballast")
        self._fate = fate

    @override
    def append(self, entry: Entry) -> Handle:
        self._fate.step()
        if self._fate.is_full:
            self._fate.is_full = False
            raise DiskFullError(released=False)
        handle = super().append(entry)
        self._fate.step()
        return handle

    @override
    def drop(self, handle: Handle) -> None:
        if self._fate.is_dead:
            return
        super().drop(handle)
        self._fate.step()


@dataclass(frozen=True, slots=True)
class Disk:
    """A copy of a laptop's database and journal."""

    database: sqlite3.Connection
    journal: Mapping[str, bytes]


class Machine:
    """One laptop. `reset` makes it new."""

    def __init__(self) -> None:
        self.fate = Fate()
        self._loads = 0
        self.database = _empty_database()
        self.engine = self._make_engine()
        self.sessions = self._make_sessions()
        folder = Path(tempfile.mkdtemp(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.profile: Profile = create_profile(folder / "profile", _Vault())[0]
        self.profile.blob_folder.mkdir(exist_ok=True)

    def reset(self, disk: "Disk | None" = None) -> None:
        """Make the laptop new, or what a disk says."""
        self.fate.live_again()
        self.fate.is_full = False
        self.load(disk.database if disk else _template())
        shutil.rmtree(self.profile.journal_folder, ignore_errors=True)
        self.profile.journal_folder.mkdir()
        for name, content in disk.journal.items() if disk else ():
            (self.profile.journal_folder / name).write_bytes(content)

    def disk(self) -> "Disk":
        """Return what lies on the disk now."""
        files = self.profile.journal_folder.iterdir()
        return Disk(self.image(), {path.name: path.read_bytes() for path in files})

    def journal(self) -> MortalJournal:
        """Open the journal, as every start does."""
        return MortalJournal(self.profile.journal_folder, self.fate)

    def image(self) -> sqlite3.Connection:
        """Return a copy of the database as it is."""
        copy = _empty_database()
        self.database.backup(copy)
        return copy

    def load(self, image: sqlite3.Connection) -> None:
        """Put a copy in the place of the database."""
        image.backup(self.database)
        self._loads += 1

    def destroy_database(self) -> None:
        """Lose the database; the journal stays."""
        self.load(_template())

    def moment(self) -> object:
        """Return what is another as soon as the database may say something else."""
        return None if self.database.in_transaction else (self._loads, self.database.total_changes)

    def rows(self, statement: str, *told: object) -> list[tuple[Any, ...]]:
        """Read what the disk holds now, past the product."""
        return self.database.execute(statement, told).fetchall()

    def _make_engine(self) -> Engine:
        return create_engine(
            "sqlite+immediate://", module=DRIVER, creator=self._connection, poolclass=StaticPool
        )

    def _make_sessions(self) -> Sessions:
        sessions = sessions_of(self.engine)
        event.listen(sessions, "after_begin", self._step)
        event.listen(sessions, "before_commit", self._step)
        return sessions

    def _connection(self) -> sqlite3.Connection:
        return self.database

    def _step(self, *_of: object) -> None:
        self.fate.step()


class _Vault:
    """A keyring that forgets: the simulator's key is always the same."""

    def get(self, _name: str, /) -> bytes | None:
        return None

    def put(self, name: str, secret: bytes) -> None:
        pass

    def drop(self, name: str) -> None:
        pass


def _empty_database() -> sqlite3.Connection:
    database = cast("Any", dbapi2).connect(
        ":memory:", isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA foreign_keys = ON")
    return cast("sqlite3.Connection", database)


@cache
def _template() -> sqlite3.Connection:
    """Return an empty database of today's schema, made by the migrations."""
    database = _empty_database()
    engine = create_engine(
        "sqlite://", module=DRIVER, creator=lambda: database, poolclass=StaticPool
    )
    event.listen(engine, "begin", begin_immediate)
    with engine.begin() as connection:
        migrate.upgrade(connection)
    return database
