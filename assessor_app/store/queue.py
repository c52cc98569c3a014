"""The queue, by due date. What the first paint needs of it is in `lines` and `quick`."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from assessor_app.store.lines import LINES_SQL, QueueLine, line_of

__all__ = ["QueueLine", "list_queue"]


def list_queue(session: Session, *, limit: int, offset: int = 0) -> tuple[QueueLine, ...]:
    """Return a page of the queue, by due date."""
    rows = session.execute(text(LINES_SQL), {"limit": limit, "offset": offset})
    return tuple(line_of(row) for row in rows)
