"""Files that are whole or absent: written beside, made durable, then renamed."""

import errno
import os
from pathlib import Path

from assessor_app.store.errors import DiskFullError, ReadOnlyProfileError

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_WRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)


def make_private(folder: Path) -> None:
    """Create a folder, with its parents, that only its owner may enter; mend it where it is."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)


def write_durably(path: Path, content: bytes) -> None:
    """Make `path` hold exactly `content`, also after a power cut, or leave it as it was.

    Raises:
        DiskFullError: There is no room; `path` is as before.
        ReadOnlyProfileError: The folder cannot be written to any more.
    """
    beside = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if is_read_only(error):
            raise ReadOnlyProfileError(path.parent) from None
        beside.unlink(missing_ok=True)
        if is_full(error):
            raise DiskFullError(released=False) from None
        raise
    rename_durably(beside, path)


def rename_durably(source: Path, target: Path) -> None:
    """Rename within a folder, over what is there, and make the new name durable."""
    source.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make the bytes of a file durable that others wrote."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_full(error: OSError) -> bool:
    """Return whether an error says that the disk, or the quota, is full."""
    return error.errno in _FULL


def is_read_only(error: OSError) -> bool:
    """Return whether an error says that nothing can be written there."""
    return error.errno in _NOT_WRITABLE
