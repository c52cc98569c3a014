"""Questions and changes past the mapper, for what every round and every pause in typing does.

The mapper costs several times what the database does. What it holds is written before a direct
statement, and read again after one that changes something.
"""

from collections.abc import Mapping
from typing import TypeVar, cast

from sqlalchemy import Executable, Select
from sqlalchemy.orm import Session

T = TypeVar("T")
Told = Mapping[str, object]


def rows(session: Session, question: Select[T], told: Told | None = None) -> list[T]:
    """Return what a question about one mapped class finds: its columns, nothing to write to."""
    session.flush()
    return cast("list[T]", session.connection().execute(question, told).all())


def row(session: Session, question: Select[T], told: Told | None = None) -> T | None:
    """Return the first row a question finds, or None."""
    session.flush()
    return cast("T | None", session.connection().execute(question, told).first())


def values(session: Session, question: Select[T], told: Told | None = None) -> list[T]:
    """Return what a question about one column finds."""
    session.flush()
    return list(session.connection().execute(question, told).scalars())


def value(session: Session, question: Select[T], told: Told | None = None) -> T | None:
    """Return the first value a question about one column finds, or None."""
    session.flush()
    return session.connection().execute(question, told).scalar()


def change(session: Session, statement: Executable, told: Told | None = None) -> int:
    """Change rows. Return how many."""
    session.flush()
    changed = session.connection().execute(statement, told).rowcount
    session.expire_all()
    return changed
