"""A folder that cannot be written to, wholly or in part, and one without room."""

import errno
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest
from typing_extensions import override

from assessor_app.store.cipher import is_full
from assessor_app.store.errors import DiskFullError, ReadOnlyProfileError
from assessor_app.store.files import is_read_only
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import open_store
from assessor_app.store.profile import Profile
from tests.store.making import NOW


class Unwritable(Profile):
    """A profile whose files a system does not let be made; whoever runs the tests may be root."""

    __slots__ = ("code",)
    code: int

    @property
    @override
    def blob_folder(self) -> Path:
        raise OSError(self.code, "no")


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_profile_that_cannot_be_written_to_in_part_is_told_as_such(
    opened: tuple[Profile, ProfileKey], code: int
) -> None:
    profile, key = opened
    unwritable = Unwritable(profile.folder, profile.facts, -1)
    unwritable.code = code

    with pytest.raises(ReadOnlyProfileError) as refused:
        open_store(unwritable, key, now=NOW)

    assert refused.value.folder == profile.folder


def test_a_fault_of_the_disk_is_not_taken_for_that(
    opened: tuple[Profile, ProfileKey],
) -> None:
    profile, key = opened
    broken = Unwritable(profile.folder, profile.facts, -1)
    broken.code = errno.EIO

    with pytest.raises(OSError, match="no"):
        open_store(broken, key, now=NOW)


class Full(Profile):
    """A profile on a disk that has room for nothing but the ballast."""

    __slots__ = ()

    @property
    @override
    def blob_folder(self) -> Path:
        if self.ballast.exists() or not (self.folder / "ballast was here").exists():
            raise OSError(errno.ENOSPC, "full")
        return self.folder / "blobs"


def test_on_a_full_disk_the_ballast_is_given_up_to_open(
    opened: tuple[Profile, ProfileKey],
) -> None:
    profile, key = opened
    full = Full(profile.folder, profile.facts, -1)
    full.ballast.write_bytes(b"room")
    (profile.folder / "ballast was here").touch()

    open_store(full, key, now=NOW).close()


def test_a_full_disk_without_ballast_is_told_as_such(
    opened: tuple[Profile, ProfileKey],
) -> None:
    profile, key = opened

    with pytest.raises(DiskFullError):
        open_store(Full(profile.folder, profile.facts, -1), key, now=NOW)


@dataclass(eq=False)
class SaidError(Exception):
    """What the database library raises, as far as it is read."""

    sqlite_errorcode: int


def test_a_fault_of_a_disk_with_room_is_not_taken_for_a_full_one(tmp_path: Path) -> None:
    assert is_full(SaidError(sqlite3.SQLITE_FULL), tmp_path)
    assert not is_full(SaidError(sqlite3.SQLITE_IOERR), tmp_path)


def test_no_room_is_something_else() -> None:
    assert not is_read_only(OSError(errno.ENOSPC, "full"))
