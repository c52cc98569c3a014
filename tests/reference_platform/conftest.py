from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.reference_platform.service import Platform
from tests.reference_platform.factory import FIRST, SECOND, built, open_platform
from tests.reference_platform.serving import Hand, served


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform with one submission, lent to the first of two assessors."""
    platform = open_platform(tmp_path / "platform")
    yield platform
    platform.close()


@pytest.fixture
def url(platform: Platform) -> Iterator[str]:
    with served(platform) as url:
        yield url


@pytest.fixture
def first(platform: Platform, url: str) -> Hand:
    return Hand(url, platform.token(FIRST))


@pytest.fixture
def second(platform: Platform, url: str) -> Hand:
    return Hand(url, platform.token(SECOND))


@pytest.fixture
def lent(platform: Platform, first: Hand) -> str:
    """The earner's id of a submission that the first assessor has."""
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)
    return submission
