"""What the assessor made, to be read or kept: also from a database that a newer program wrote.

It is read from a copy of the encrypted file and its log: SQLite would leave files beside the
original even where it only reads.
"""

import json
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assessor_app.store.cipher import DatabaseError, connect, is_damage
from assessor_app.store.errors import DamagedStoreError, DiskFullError, UnreadableStoreError
from assessor_app.store.files import is_full
from assessor_app.store.keys import ProfileKey

_DRAFTS = (
    "SELECT d.assignment, d.saved_at, r.content FROM drafts AS d"
    " JOIN revisions AS r ON r.assignment = d.assignment AND r.number = d.current"
    " ORDER BY d.assignment"
)
_ACTS = (
    "SELECT act_id, kind, assignment, state, sealed_at, body FROM outbox"
    " WHERE state <> 'settled' ORDER BY sequence"
)
_WRITTEN = (
    "SELECT d.assignment, NULL, a.submission, a.title, '', d.saved_at, r.content FROM drafts AS d"
    " JOIN revisions AS r ON r.assignment = d.assignment AND r.number = d.current"
    " LEFT JOIN assignments AS a ON a.id = d.assignment"
    " WHERE d.sealed_as IS NULL ORDER BY d.saved_at DESC"
)
_SEALED = (
    "SELECT o.assignment, o.act_id, a.submission, a.title, o.state, o.sealed_at, o.body"
    " FROM outbox AS o LEFT JOIN assignments AS a ON a.id = o.assignment"
    " WHERE o.kind = 'review' AND o.state <> 'voided' ORDER BY o.sequence DESC"
)
_RUBRICS = "SELECT sha256, content FROM rubrics"
_DRAFT_FIELDS = ("assignment", "saved_at", "review")
_ACT_FIELDS = ("act", "kind", "assignment", "state", "sealed_at", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A draft, where `act` is None, or a sealed review, as the database spells it.

    A newer program may spell it otherwise: nothing of it was checked.
    """

    assignment: str
    act: str | None
    submission: str
    title: str
    state: str
    changed_at: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrittenWork:
    """Drafts and sealed reviews, the latest of each first; rubrics by their hash."""

    reviews: tuple[Written, ...]
    rubrics: Mapping[str, bytes] = field(repr=False)


def export_work(database: Path, key: ProfileKey) -> bytes:
    """Return every draft and every act that is not settled, as JSON in clear.

    Raises:
        DamagedStoreError: The file cannot be read.
        UnreadableStoreError: It is sound, but what was asked for is kept otherwise there.
        DiskFullError: There is no room for the copy.
    """
    drafts, acts = _read(database, key, _DRAFTS, _ACTS)
    work = {
        "drafts": [_named(_DRAFT_FIELDS, row) for row in drafts],
        "acts": [_named(_ACT_FIELDS, row) for row in acts],
    }
    return json.dumps(work, ensure_ascii=False, indent=2).encode()


def read_work(database: Path, key: ProfileKey) -> WrittenWork:
    """Return every draft and every sealed review that was not reopened. Raises as `export_work`."""
    drafts, sealed, rubrics = _read(database, key, _WRITTEN, _SEALED, _RUBRICS)
    return WrittenWork(tuple(map(_written, (*drafts, *sealed))), dict(rubrics))


def read_drafts(database: Path, key: ProfileKey) -> tuple[bytes, ...]:
    """Return the current drafts of a damaged database, as many as can still be read."""
    found: list[bytes] = []
    try:
        connection = connect(database, key, read_only=True)
        try:
            for _, _, content in connection.execute(_DRAFTS):
                found.append(content)
        finally:
            connection.close()
    except DatabaseError:
        return tuple(found)
    return tuple(found)


def _read(database: Path, key: ProfileKey, *questions: str) -> tuple[Sequence[Any], ...]:
    try:
        with _copy(database) as copy:
            connection = connect(copy, key, read_only=True)
            try:
                return tuple(connection.execute(question).fetchall() for question in questions)
            finally:
                connection.close()
    except DatabaseError as error:
        if is_damage(error):
            raise DamagedStoreError(database) from None
        raise UnreadableStoreError(database) from None
    except OSError as error:
        if is_full(error):
            raise DiskFullError(released=False) from None
        raise


@contextmanager
def _copy(database: Path) -> Generator[Path]:
    """Give a copy of a database, as encrypted as it is, for as long as it is read."""
    with TemporaryDirectory(prefix="assessor-") as folder:
        for suffix in ("", "-wal"):
            part = database.with_name(database.name + suffix)
            if part.exists():
                shutil.copyfile(part, Path(folder) / part.name)
        yield Path(folder) / database.name


def _written(row: Sequence[Any]) -> Written:
    assignment, act, submission, title, state, changed_at, content = row
    return Written(
        assignment=str(assignment),
        act=act,
        submission=submission or "",
        title=title or "",
        state=str(state),
        changed_at=str(changed_at),
        content=content if isinstance(content, bytes) else str(content).encode(),
    )


def _named(fields: tuple[str, ...], row: Sequence[Any]) -> dict[str, Any]:
    named = dict(zip(fields, row, strict=True))
    return {
        name: _told(value) if isinstance(value, bytes) else value for name, value in named.items()
    }


def _told(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")
