"""Journal first, then the database: ties an entry to the transaction that will say the same."""

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from assessor_app.store.journal import Entry, Journal


def write_ahead(session: Session, journal: Journal, entry: Entry) -> None:
    """Make an entry durable now, and take it back if the transaction does not commit.

    A process that dies in between leaves the entry, which `replay` then completes.

    Raises:
        DiskFullError: Nothing was written.
    """
    handle = journal.append(entry)
    committed: list[bool] = []

    def remember(_: Session) -> None:
        committed.append(True)

    def take_back(_: Session, transaction: SessionTransaction) -> None:
        if transaction.parent is not None:
            return
        if not committed:
            journal.drop(handle)
        event.remove(session, "after_commit", remember)
        event.remove(session, "after_transaction_end", take_back)

    event.listen(session, "after_commit", remember)
    event.listen(session, "after_transaction_end", take_back)
