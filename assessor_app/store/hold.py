"""The assessor's hold on the outbox: nothing leaves but what takes something back.

It is a row of the database, which every question of the outbox asks, and an entry of the journal,
so that neither a restart nor an older database lets go what was held.
"""

from sqlalchemy import exists
from sqlalchemy.orm import Session

from assessor_app.store.ahead import write_ahead
from assessor_app.store.journal import HoldEntry, Journal
from assessor_app.store.schema import SettingRow

_NAME = "outbox_hold"
HOLDS = exists().where(SettingRow.name == _NAME)


def is_held(session: Session) -> bool:
    """Return whether the assessor holds the outbox."""
    return session.get(SettingRow, _NAME) is not None


def hold(session: Session, journal: Journal, *, holds: bool) -> None:
    """Hold the outbox, or let it go. Raises DiskFullError: it is as before."""
    if holds == is_held(session):
        return
    keep_hold(session, holds=holds)
    session.flush()
    write_ahead(session, journal, HoldEntry(holds=holds))


def keep_hold(session: Session, *, holds: bool) -> None:
    """Make the database say whether the outbox is held."""
    row = session.get(SettingRow, _NAME)
    if holds and row is None:
        session.add(SettingRow(name=_NAME, value=""))
    elif row is not None and not holds:
        session.delete(row)
