"""What can be read before SQLAlchemy is there, or of a profile that is not open: read only."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.store.cipher import DatabaseError, connect
from assessor_app.store.files import write_durably
from assessor_app.store.keys import ProfileKey
from assessor_app.store.lines import LINES_SQL, QueueLine, line_of

_UNSENT = "unsent.json"
_OWNER = """
SELECT platform_url, account,
       (SELECT count(*) FROM drafts WHERE sealed_as IS NULL),
       (SELECT count(*) FROM outbox WHERE kind = :review AND state NOT IN (:voided, :received,
        :settled) AND act_id NOT IN (SELECT review FROM outbox WHERE kind = :donate AND state IN
        (:received, :settled)))
FROM account
"""
_WORDS = {
    "review": ActKind.REVIEW.value,
    "donate": ActKind.DONATE.value,
    "voided": OutboxState.VOIDED.value,
    "received": OutboxState.RECEIVED.value,
    "settled": OutboxState.SETTLED.value,
}


@dataclass(frozen=True, slots=True)
class Unsent:
    """How much is only on this laptop. Numbers alone: they say nothing of whom or about what."""

    drafts: int
    sealed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose profile it is, and what of it is only here."""

    platform_url: str
    account: str
    unsent: Unsent


def owner(database: Path, key: ProfileKey) -> Owner | None:
    """Return whose a profile is that nobody has open; None where that cannot be read."""
    if not database.exists():
        return None
    try:
        connection = connect(database, key, read_only=True)
        try:
            row = connection.execute(_OWNER, _WORDS).fetchone()
        finally:
            connection.close()
    except DatabaseError:
        return None
    if row is None:
        return None
    return Owner(platform_url=row[0], account=row[1], unsent=Unsent(row[2], row[3]))


def keep_unsent(folder: Path, unsent: Unsent) -> None:
    """Note what is only on this laptop, for a time when the key of the profile is not there.

    The number of its journal files says no less.
    """
    if read_unsent(folder) != unsent:
        write_durably(folder / _UNSENT, msgspec.json.encode(unsent))


def read_unsent(folder: Path) -> Unsent | None:
    """Return what was noted the last time; None where nothing was."""
    try:
        return msgspec.json.decode((folder / _UNSENT).read_bytes(), type=Unsent)
    except (OSError, msgspec.DecodeError):
        return None


def first_page(database: Path, key: ProfileKey, limit: int = 50) -> tuple[QueueLine, ...]:
    """Return the first lines of the queue, by due date.

    Empty where there is no database yet, or none this program can read as it is: what is to be
    done about that is said by `opening.open_store`, which runs next.
    """
    if not database.exists():
        return ()
    try:
        connection = connect(database, key, read_only=True)
        try:
            rows = connection.execute(LINES_SQL, {"limit": limit, "offset": 0})
            return tuple(line_of(row) for row in rows)
        finally:
            connection.close()
    except (DatabaseError, ValueError):  # a word that only a newer program knows is a ValueError
        return ()
