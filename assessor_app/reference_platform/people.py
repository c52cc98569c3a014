"""Who may talk to the platform: opaque accounts and their tokens."""

import re
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.reference_platform import keys
from assessor_app.reference_platform.errors import BadNameError, UnknownAssessorError
from assessor_app.reference_platform.schema import PersonRow, TokenRow

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Person:
    """Whose request this is."""

    id: int
    secret: bytes = field(repr=False)


def make_token(session: Session, key: str, *, is_lead: bool) -> str:
    """Return a new token; the first one for a key makes the person."""
    if not _KEY.fullmatch(key):
        raise BadNameError(key)
    row = session.scalar(select(PersonRow).where(PersonRow.key == key))
    if row is None:
        row = PersonRow(key=key, account=keys.random_id(), secret=keys.new_secret())
        session.add(row)
    row.is_lead = row.is_lead or is_lead
    session.flush()
    token = keys.new_token()
    session.add(TokenRow(sha256=keys.token_hash(token), person_id=row.id))
    return token


def person_of(session: Session, token: str) -> Person | None:
    """Return whose token this is."""
    found = session.get(TokenRow, keys.token_hash(token))
    if found is None:
        return None
    row = session.get_one(PersonRow, found.person_id)
    return Person(row.id, row.secret)


def by_key(session: Session, key: str) -> PersonRow:
    """Return the person of an operator's key. Raises UnknownAssessorError."""
    row = session.scalar(select(PersonRow).where(PersonRow.key == key))
    if row is None:
        raise UnknownAssessorError(key)
    return row


def keys_of_all(session: Session) -> tuple[str, ...]:
    """Return the operator's words for everybody."""
    return tuple(session.scalars(select(PersonRow.key).order_by(PersonRow.id)))
