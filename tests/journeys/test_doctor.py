from collections.abc import Iterator

import pytest

from assessor_app.store import account
from assessor_app.usecases.doctor import Check, look_at_profile
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.workbench import Transaction
from tests.journeys.house import Town
from tests.journeys.laptop import Assessor, sync


@pytest.fixture
def opened(town: Town, assessor: Assessor) -> Iterator[OpenProfile]:
    opened = assessor.sign_in(town.url, town.lend().token)
    sync(opened)
    yield opened
    opened.close()


def test_a_sound_profile_with_a_right_clock(opened: OpenProfile) -> None:
    assert all(finding.ok for finding in look_at_profile(opened))


def test_a_damaged_file_is_found(opened: OpenProfile) -> None:
    path = next(path for path in (opened.folder / "blobs").iterdir())
    path.write_bytes(path.read_bytes()[:-1])

    found = {finding.check: finding for finding in look_at_profile(opened)}

    assert (found[Check.STORE].ok, found[Check.STORE].fact) == (False, "files")


def test_a_wrong_clock_is_told_with_its_offset(opened: OpenProfile) -> None:
    def set_offset(at: Transaction) -> None:
        account.put_clock_offset(at.session, -3_600_000)

    opened.workbench.prepare(set_offset)()

    found = {finding.check: finding for finding in look_at_profile(opened)}
    assert (found[Check.CLOCK].ok, found[Check.CLOCK].fact) == (False, "-3600.0 s")
