"""The first page of the queue before SQLAlchemy is there: bare SQLCipher, read only."""

from pathlib import Path

from assessor_app.store.cipher import DatabaseError, connect
from assessor_app.store.keys import ProfileKey
from assessor_app.store.lines import LINES_SQL, QueueLine, line_of


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
