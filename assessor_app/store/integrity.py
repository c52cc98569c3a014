"""Whether a database file is sound, found by reading all of it."""

from pathlib import Path

from assessor_app.store.cipher import DatabaseError, connect
from assessor_app.store.keys import ProfileKey

_CHECKS = ("cipher_integrity_check", "integrity_check(20)", "foreign_key_check")
_SOUND = "ok"


def findings(path: Path, key: ProfileKey) -> tuple[str, ...]:
    """Return what is wrong with a database: pages, structure, references. Empty when sound."""
    found: list[str] = []
    try:
        connection = connect(path, key)
        try:
            for check in _CHECKS:
                rows = connection.execute(f"PRAGMA {check}").fetchall()
                found += [str(row[0]) for row in rows if row[0] != _SOUND]
        finally:
            connection.close()
    except DatabaseError as error:
        found.append(str(error))
    return tuple(found)
