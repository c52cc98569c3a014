"""An older database becomes today's on a copy, which takes its place only after it was verified."""

import shutil
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, event

from assessor_app.store.cipher import DRIVER, connect
from assessor_app.store.database import begin_immediate
from assessor_app.store.errors import DamagedStoreError
from assessor_app.store.files import rename_durably, sync_file, sync_folder
from assessor_app.store.integrity import findings
from assessor_app.store.keys import ProfileKey

MIGRATIONS = Path(__file__).parent / "migrations"
_KEPT = ("drafts", "revisions", "outbox")
"""What a migration may never lose a row of."""


def upgrade(connection: Connection) -> None:
    """Bring the schema on this connection to today's, in its open transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make(path: Path, key: ProfileKey) -> None:
    """Make a new, empty database at `path`; a kill leaves none."""
    beside = _beside(path)
    _upgrade_file(beside, key)
    _drop_logs(path)
    sync_folder(path.parent)
    rename_durably(beside, path)


def migrate(path: Path, key: ProfileKey) -> None:
    """Bring the database at `path` to today's schema; a kill or an error leaves it as it was.

    Raises:
        DamagedStoreError: The migrated copy is not sound, or lost something.
    """
    before = _counts_after_checkpoint(path, key)
    beside = _beside(path)
    shutil.copyfile(path, beside)
    _upgrade_file(beside, key)
    if findings(beside, key) or _counts_after_checkpoint(beside, key) != before:
        discard_leftovers(path)
        raise DamagedStoreError(path)
    sync_file(beside)
    _drop_logs(path)
    sync_folder(path.parent)
    rename_durably(beside, path)


def discard_leftovers(path: Path) -> None:
    """Delete what an interrupted migration left."""
    beside = _beside(path)
    beside.unlink(missing_ok=True)
    _drop_logs(beside)


def _drop_logs(path: Path) -> None:
    """Delete logs that belong to a file that is no more; they must not meet another.

    Sync the folder before another file takes the place.
    """
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".next")


def _upgrade_file(path: Path, key: ProfileKey) -> None:
    def creator() -> sqlite3.Connection:
        return connect(path, key)

    engine = create_engine("sqlite://", module=DRIVER, creator=creator, poolclass=NullPool)
    event.listen(engine, "begin", begin_immediate)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()
    _counts_after_checkpoint(path, key)


def _counts_after_checkpoint(path: Path, key: ProfileKey) -> tuple[int, ...]:
    """Return how many rows there are of what must not be lost; the file is then the whole truth."""
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 (ours)
            for table in _KEPT
        )
    finally:
        connection.close()
