"""Journal first, then the database: ties an entry to the transaction that will say the same."""

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from assessor_app.store.journal import Entry, Handle, Journal

_WRITTEN = "written_ahead"


def write_ahead(session: Session, journal: Journal, entry: Entry) -> None:
    """Make an entry durable now, and take it back if the transaction does not commit.

    A process that dies in between leaves the entry, which `replay` then completes.

    Raises:
        DiskFullError: Nothing was written.
    """
    written: list[tuple[Journal, Handle]] | None = session.info.get(_WRITTEN)
    if written is None:
        written = session.info[_WRITTEN] = []
        event.listen(session, "after_commit", _trust)
        event.listen(session, "after_transaction_end", _take_back)
    written.append((journal, journal.append(entry)))


def _trust(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info[_WRITTEN].clear()


def _take_back(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is not None:
        return
    written: list[tuple[Journal, Handle]] = session.info[_WRITTEN]
    while written:
        journal, handle = written.pop()
        journal.drop(handle)
