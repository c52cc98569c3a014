"""What the assessor made, as one readable file: also from a database that a newer program wrote."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assessor_app.store.cipher import DatabaseError, connect
from assessor_app.store.errors import DamagedStoreError
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
_DRAFT_FIELDS = ("assignment", "saved_at", "review")
_ACT_FIELDS = ("act", "kind", "assignment", "state", "sealed_at", "body")


def export_work(database: Path, key: ProfileKey) -> bytes:
    """Return every draft and every act that is not settled, as JSON in clear.

    Raises:
        DamagedStoreError: The file cannot be read.
    """
    try:
        connection = connect(database, key, read_only=True)
        try:
            drafts = connection.execute(_DRAFTS).fetchall()
            acts = connection.execute(_ACTS).fetchall()
        finally:
            connection.close()
    except DatabaseError:
        raise DamagedStoreError(database) from None
    work = {
        "drafts": [_named(_DRAFT_FIELDS, row) for row in drafts],
        "acts": [_named(_ACT_FIELDS, row) for row in acts],
    }
    return json.dumps(work, ensure_ascii=False, indent=2).encode()


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
