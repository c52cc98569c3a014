"""Bare SQLCipher: the one place that opens a database file. Imports nothing slow."""

import shutil
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from assessor_app.store.errors import NotEncryptedError
from assessor_app.store.keys import ProfileKey

BUSY_TIMEOUT_S = 60
"""Who holds the database is this program: a save rather comes late than not at all."""

PLAIN_HEADER = b"SQLite format 3\0"
DRIVER = cast("ModuleType", dbapi2)
DatabaseError = cast("type[sqlite3.DatabaseError]", cast("Any", dbapi2).DatabaseError)
_PRIMARY_CODE = 0xFF
_SHORT_BYTES = 1024 * 1024
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "cell_size_check = ON",
    "cipher_memory_security = ON",
)


def connect(path: Path, key: ProfileKey, *, read_only: bool = False) -> sqlite3.Connection:
    """Return a connection on an encrypted file. Transactions are begun by the caller.

    Raises:
        NotEncryptedError: The library in use does not encrypt.
    """
    mode = "ro" if read_only else "rwc"
    connection = cast(
        "sqlite3.Connection",
        cast("Any", dbapi2).connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
        ),
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else key errors go to stderr
        connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
        _refuse_plain_library(connection, path)
        for pragma in _PRAGMAS[read_only:]:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def is_damage(error: BaseException | None) -> bool:
    """Return whether an error says that the file itself is broken, and not, say, locked."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY_CODE in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_full(error: BaseException | None, folder: Path) -> bool:
    """Return whether an error says that the disk is full.

    An index of the log that finds no room is told as a fault of the disk.
    """
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
    is_short = code == sqlite3.SQLITE_IOERR and shutil.disk_usage(folder).free < _SHORT_BYTES
    return is_short or code == sqlite3.SQLITE_FULL


def is_read_only(error: BaseException | None) -> bool:
    """Return whether an error says that the file cannot be written to."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE == sqlite3.SQLITE_READONLY


def _refuse_plain_library(connection: sqlite3.Connection, path: Path) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise NotEncryptedError(path)


def verify_encrypted(path: Path) -> None:
    """Check that a database file tells nothing without the key.

    Raises:
        NotEncryptedError: It has a plain header, or opens without a key.
    """
    with path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise NotEncryptedError(path)
    keyless = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        keyless.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        return
    finally:
        keyless.close()
    raise NotEncryptedError(path)
