"""A file that only takes room, so that there is some left for a seal when the disk is full."""

import contextlib
import shutil
from pathlib import Path

from assessor_app.store.errors import DiskFullError
from assessor_app.store.files import write_durably

BALLAST_BYTES = 8 * 1024 * 1024
_ROOM_FACTOR = 8


def keep(path: Path) -> None:
    """Make the ballast, unless it is there or room is short already."""
    if path.exists() or shutil.disk_usage(path.parent).free < BALLAST_BYTES * _ROOM_FACTOR:
        return
    with contextlib.suppress(DiskFullError):
        write_durably(path, bytes(BALLAST_BYTES))


def release(path: Path) -> bool:
    """Give the ballast up. Return whether there was one, so that trying again makes sense."""
    try:
        path.unlink()
    except OSError:
        return False
    return True
