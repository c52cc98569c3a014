"""A folder that cannot be written to, wholly or in part."""

import errno
from pathlib import Path

import pytest
from typing_extensions import override

from assessor_app.store.errors import ReadOnlyProfileError
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


def test_no_room_is_something_else() -> None:
    assert not is_read_only(OSError(errno.ENOSPC, "full"))
