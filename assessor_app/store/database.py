"""The engine on the encrypted database: real transactions, one writer, and errors as facts."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from assessor_app.domain.errors import AppError
from assessor_app.store.ballast import release
from assessor_app.store.cipher import DRIVER, connect, is_damage, is_full, is_read_only
from assessor_app.store.errors import DamagedStoreError, DiskFullError, ReadOnlyProfileError
from assessor_app.store.keys import ProfileKey

Sessions = sessionmaker[Session]


def open_engine(path: Path, key: ProfileKey, *, ballast: Path) -> Engine:
    """Return an engine on the database at `path`, created if missing.

    Transactions are real ones: the driver's own implicit BEGIN, which leaves DDL outside, is off.
    A full disk gives up the ballast; a damaged file is marked, so that the next start looks at it.
    """

    def creator() -> sqlite3.Connection:
        return connect(path, key)

    engine = create_engine("sqlite://", module=DRIVER, creator=creator, poolclass=QueuePool)
    event.listen(engine, "begin", begin_immediate)
    event.listen(engine, "handle_error", _translator(path, ballast))
    return engine


def sessions_of(engine: Engine) -> Sessions:
    """Return the maker of sessions whose values stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


def begin_immediate(connection: Connection) -> None:
    """Take the right to write at once: a transaction never fails halfway because of another."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def suspicion_of(path: Path) -> Path:
    """Return the mark that says: look at this database before using it."""
    return path.with_name(path.name + ".suspect")


def _translator(path: Path, ballast: Path) -> Callable[[ExceptionContext], AppError | None]:
    def translate(context: ExceptionContext) -> AppError | None:
        if is_full(context.original_exception, path.parent):
            return DiskFullError(released=release(ballast))
        if is_read_only(context.original_exception):
            return ReadOnlyProfileError(path.parent)
        if is_damage(context.original_exception):
            with contextlib.suppress(OSError):
                suspicion_of(path).touch()
            return DamagedStoreError(path)
        return None

    return translate
