"""Open the platform's database: SQLite by default, any other by its URL."""

import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from assessor_app.reference_platform.schema import Row

BUSY_TIMEOUT_S = 10
READING = "reading"


def sqlite_url(file: Path) -> URL:
    """Return the URL of a SQLite file, whatever characters its path has."""
    return URL.create("sqlite", database=str(file))


def open_database(url: str | URL, *, most_bytes: int = 0) -> Engine:
    """Return an engine with all tables made. On SQLite it grows to `most_bytes`; 0: no limit.

    On SQLite every transaction takes the write lock at its start, but one whose execution options
    say `READING`: checks and insert of an act cannot be parted by another writer. Errors never
    quote what was to be stored.
    """
    local = make_url(url).get_backend_name() == "sqlite"
    options = {"timeout": BUSY_TIMEOUT_S} if local else {}
    engine = create_engine(url, connect_args=options, hide_parameters=True)
    if local:
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    if local and most_bytes:
        event.listen(engine, "connect", partial(_limit, most_bytes))
    Row.metadata.create_all(engine)
    return engine


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()


def _limit(most_bytes: int, connection: sqlite3.Connection, _record: object) -> None:
    """Let a write that needs more fail as on a full disk."""
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    connection.execute(f"PRAGMA max_page_count = {most_bytes // page_bytes}").close()


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
